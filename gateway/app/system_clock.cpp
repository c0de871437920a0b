#include "gateway/app/system_clock.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace siaga {
namespace asio = boost::asio;
using std::chrono::floor;

SystemClock::SystemClock()
    : start_(std::chrono::steady_clock::now()), start_reading_(utc_now().time_since_epoch()) {}

UtcTime SystemClock::utc_now() const {
  return floor<milliseconds>(std::chrono::system_clock::now());
}

SteadyTime SystemClock::steady_now() const {
  return start_reading_ + floor<milliseconds>(std::chrono::steady_clock::now() - start_);
}

asio::awaitable<void> SystemClock::sleep_until(SteadyTime until) {
  auto const executor = co_await asio::this_coro::executor;
  asio::steady_timer timer(executor, start_ + (until - start_reading_));
  co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace siaga
