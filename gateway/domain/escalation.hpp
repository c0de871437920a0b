// escalation: whether an escalation has a next step, and when that step starts.
//
// Place:  escalator and journal ask; pure.
// Time:   SteadyTime; a step's `after` counts from the start of its round.
#pragma once

#include <optional>

#include "gateway/domain/routing.hpp"

namespace siaga {

// Where a ladder stands. round and step count from 0.
struct LadderPosition {
  int round = 0;
  int step = 0;
  SteadyTime round_started{};
};

struct NextStep {
  LadderPosition position;
  SteadyTime due;
};

// The step after `here`; none at the end of the last round. A new round starts when the last step
// of the round before has had as much time as the longest gap between steps.
std::optional<NextStep> next_step(Policy const& policy, LadderPosition const& here);

// A refusal, an empty step or a step whose every delivery failed: the next step starts now, and the
// steps after it keep their distance to it.
std::optional<NextStep> next_step_now(Policy const& policy, LadderPosition const& here,
                                      SteadyTime now);

}  // namespace siaga
