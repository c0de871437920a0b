// Event: one coroutine waits, anything on the same thread wakes it. Remembers one notify.
//
// Place:  wake-ups between coroutines: lanes, queues, outbox.
// Thread: core only.
// Time:   wait_for() is steady time and answers whether it was notified.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>

namespace siaga {

class Event {
 public:
  explicit Event(boost::asio::any_io_executor const& executor) : timer_(executor) {}

  void notify();  // wakes every waiter, or the next one to come
  boost::asio::awaitable<void> wait();
  boost::asio::awaitable<bool> wait_for(std::chrono::steady_clock::duration limit);

 private:
  boost::asio::steady_timer timer_;
  bool notified_ = false;
};

}  // namespace siaga
