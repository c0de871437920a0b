// SystemClock: the machine's time as the Clock port wants it.
//
// Place:  app -> SYSTEM CLOCK -> everything that needs the time.
// Thread: utc_now() and steady_now() any; sleep_until() core.
// Time:   steady_now() starts at UTC and advances with the monotonic clock only.
#pragma once

#include "gateway/ports/clock.hpp"

namespace siaga {

class SystemClock final : public Clock {
 public:
  SystemClock();
  UtcTime utc_now() const override;
  SteadyTime steady_now() const override;
  boost::asio::awaitable<void> sleep_until(SteadyTime until) override;

 private:
  std::chrono::steady_clock::time_point start_;
  SteadyTime start_reading_;
};

}  // namespace siaga
