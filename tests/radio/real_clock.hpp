// RealClock: the machine's clocks, for tests with real programs on the other side.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "gateway/ports/clock.hpp"

namespace siaga::radio::test {

class RealClock final : public Clock {
 public:
  explicit RealClock(boost::asio::any_io_executor executor) : executor_(std::move(executor)) {}

  UtcTime utc_now() const override {
    return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
  }
  SteadyTime steady_now() const override {
    auto const since = std::chrono::steady_clock::now().time_since_epoch();
    return SteadyTime(std::chrono::floor<milliseconds>(since));
  }
  boost::asio::awaitable<void> sleep_until(SteadyTime until) override {
    auto const at = std::chrono::steady_clock::time_point(until.time_since_epoch());
    boost::asio::steady_timer timer(executor_, at);
    co_await timer.async_wait(boost::asio::use_awaitable);
  }

 private:
  boost::asio::any_io_executor executor_;
};

}  // namespace siaga::radio::test
