#include "tests/support/fake_clock.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace siaga::test {
namespace asio = boost::asio;

asio::awaitable<void> FakeClock::sleep_until(SteadyTime until) {
  if (until <= steady_) co_return;
  auto const executor = co_await asio::this_coro::executor;
  asio::steady_timer timer(executor, asio::steady_timer::time_point::max());
  auto const place = sleepers_.insert(sleepers_.end(), Sleeper{until, &timer});
  struct Leave {
    std::list<Sleeper>& all;
    std::list<Sleeper>::iterator place;
    ~Leave() { all.erase(place); }
  } const leave{sleepers_, place};
  while (steady_ < until) {
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    auto const state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none)
      throw boost::system::system_error(asio::error::operation_aborted);
  }
}

void FakeClock::advance(milliseconds by) {
  utc_ += by;
  steady_ += by;
  for (auto& sleeper : sleepers_)
    if (sleeper.until <= steady_) sleeper.timer->cancel();
}

}  // namespace siaga::test
