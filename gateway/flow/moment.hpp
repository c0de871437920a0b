// moment: what the time is now, by both of the Clock's ways of telling it.
//
// Place:  each leg, before it asks the journal for something.
// Thread: core only.
#pragma once

#include "gateway/ports/clock.hpp"
#include "gateway/ports/journal_types.hpp"

namespace siaga::flow {

inline Moment moment(Clock const& clock) {
  return {clock.utc_now(), clock.steady_now()};
}

}  // namespace siaga::flow
