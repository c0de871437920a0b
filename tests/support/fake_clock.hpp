// FakeClock: time that stands still until a test moves it. advance() moves both clocks and wakes
// sleepers; step_wall() moves UTC alone, as an administrator or NTP would.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <list>

#include "gateway/ports/clock.hpp"

namespace siaga::test {

class FakeClock final : public Clock {
 public:
  // 2026-11-23 14:30 WITA
  explicit FakeClock(UtcTime start = UtcTime(milliseconds(1'795'415'400'000)))
      : utc_(start), steady_(start.time_since_epoch()) {}

  UtcTime utc_now() const override { return utc_; }
  SteadyTime steady_now() const override { return steady_; }
  boost::asio::awaitable<void> sleep_until(SteadyTime until) override;

  void advance(milliseconds by);
  void step_wall(milliseconds by) { utc_ += by; }

 private:
  struct Sleeper {
    SteadyTime until;
    boost::asio::steady_timer* timer;
  };
  UtcTime utc_;
  SteadyTime steady_;
  std::list<Sleeper> sleepers_;
};

}  // namespace siaga::test
