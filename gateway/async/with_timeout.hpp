// with_timeout: an awaited operation, ended when its time has passed.
//
// Place:  around any wait that has no deadline of its own (streams have one per call).
// Thread: core only: operation and timer share one executor.
// Errors: Errc::timed_out; the operation is cancelled and its frame destroyed before this returns.
#pragma once

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "gateway/base/result.hpp"

namespace siaga {

template <class T>
boost::asio::awaitable<Result<T>> with_timeout(std::chrono::milliseconds limit,
                                               boost::asio::awaitable<T> work) {
  using namespace boost::asio::experimental::awaitable_operators;
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, limit);
  auto race = std::move(work) || timer.async_wait(boost::asio::use_awaitable);
  auto first = co_await std::move(race);
  if (first.index() == 1)
    co_return Error(Errc::timed_out, "no answer within " + std::to_string(limit.count()) + " ms");
  co_return std::get<0>(std::move(first));
}

// For work that can fail by itself: one Result for both.
template <class T>
boost::asio::awaitable<Result<T>> with_timeout(std::chrono::milliseconds limit,
                                               boost::asio::awaitable<Result<T>> work) {
  using namespace boost::asio::experimental::awaitable_operators;
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, limit);
  auto race = std::move(work) || timer.async_wait(boost::asio::use_awaitable);
  auto first = co_await std::move(race);
  if (first.index() == 1)
    co_return Error(Errc::timed_out, "no answer within " + std::to_string(limit.count()) + " ms");
  co_return std::get<0>(std::move(first));
}

}  // namespace siaga
