// wait_until: a coroutine of the modem waits for a time by the Clock, or to be woken.
//
// Place:  AtPort's timekeeper, Modem's loop.
// Thread: core only.
#pragma once

#include "gateway/async/event.hpp"
#include "gateway/ports/clock.hpp"

namespace siaga::sms {

// Returns when `until` has come, `woken` was notified, or an hour has passed.
boost::asio::awaitable<void> wait_until(Clock& clock, SteadyTime until, Event& woken);

}  // namespace siaga::sms
