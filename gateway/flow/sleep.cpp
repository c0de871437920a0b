#include "gateway/flow/sleep.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

namespace siaga::flow {
namespace asio = boost::asio;

asio::awaitable<void> sleep_or(Clock& clock, SteadyTime until, Event& woken) {
  using namespace asio::experimental::awaitable_operators;
  auto race = clock.sleep_until(until) || woken.wait();
  co_await std::move(race);
}

}  // namespace siaga::flow
