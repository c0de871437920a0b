#include "gateway/async/event.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace siaga {
namespace asio = boost::asio;

void Event::notify() {
  notified_ = true;
  timer_.cancel();
}

asio::awaitable<void> Event::wait() {
  while (!notified_) {
    timer_.expires_at(asio::steady_timer::time_point::max());
    co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
    auto const state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none)
      throw boost::system::system_error(asio::error::operation_aborted);
  }
  notified_ = false;
}

asio::awaitable<bool> Event::wait_for(std::chrono::steady_clock::duration limit) {
  if (!notified_) {
    timer_.expires_after(limit);
    co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
  }
  bool const was = notified_;
  notified_ = false;
  co_return was;
}

}  // namespace siaga
