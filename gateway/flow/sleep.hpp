// sleep: waits of the flow, by the Clock and never by the machine's own.
//
// Place:  loops of lanes, escalator, announcer, supervisor.
// Thread: core only.
#pragma once

#include "gateway/async/event.hpp"
#include "gateway/ports/clock.hpp"
#include "gateway/ports/journal_types.hpp"

namespace siaga::flow {

// Returns when `until` has come or `woken` was notified, whichever is first.
boost::asio::awaitable<void> sleep_or(Clock& clock, SteadyTime until, Event& woken);

inline Moment moment(Clock const& clock) {
  return {clock.utc_now(), clock.steady_now()};
}

}  // namespace siaga::flow
