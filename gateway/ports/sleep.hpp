// sleep_or: a coroutine waits for a time by the Clock, and never by the machine's own, or to be
// woken.
//
// Place:  loops of the flow and of channels.
// Thread: core only.
#pragma once

#include "gateway/async/event.hpp"
#include "gateway/ports/clock.hpp"

namespace siaga {

// Returns when `until` has come or `woken` was notified, whichever is first; after a year at the
// latest.
boost::asio::awaitable<void> sleep_or(Clock& clock, SteadyTime until, Event& woken);

}  // namespace siaga
