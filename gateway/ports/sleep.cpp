#include "gateway/ports/sleep.hpp"

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>

namespace siaga {
namespace asio = boost::asio;

namespace {

constexpr std::chrono::hours a_year{24 * 365};  // no timer can be set to the end of time

}  // namespace

asio::awaitable<void> sleep_or(Clock& clock, SteadyTime until, Event& woken) {
  using namespace asio::experimental::awaitable_operators;
  auto const end = std::min<SteadyTime>(until, clock.steady_now() + a_year);
  auto race = clock.sleep_until(end) || woken.wait();
  co_await std::move(race);
}

}  // namespace siaga
