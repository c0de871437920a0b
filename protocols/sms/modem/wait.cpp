#include "protocols/sms/modem/wait.hpp"

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>

namespace siaga::sms {
namespace asio = boost::asio;

asio::awaitable<void> wait_until(Clock& clock, SteadyTime until, Event& woken) {
  using namespace asio::experimental::awaitable_operators;
  // No timer can be set to the end of time.
  auto const end = std::min<SteadyTime>(until, clock.steady_now() + std::chrono::hours(1));
  auto race = clock.sleep_until(end) || woken.wait();
  co_await std::move(race);
}

}  // namespace siaga::sms
