// Step reach: whom a step could tell, whatever the alert.
//
// Place:  routing_reader -> STEP REACH. Pure; the plan itself also looks at area, scope and status.
// Thread: any.
#pragma once

#include <unordered_set>

#include "gateway/domain/directory.hpp"
#include "gateway/domain/plan.hpp"

namespace siaga::config {

struct Reach {
  std::unordered_set<Officer const*> officers;
  bool broadcast = false;  // a channel that speaks to all at once
  bool known = true;       // every team and channel exists
};

Reach reach_of(Step const& step, Directory const& directory, Paths const& paths);

}  // namespace siaga::config
