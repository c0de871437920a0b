// Later: what is to be done after a while, in order of time, and of its giving where times are
// equal.
//
// Place:  answers, receipts and binds that an option holds back. One timer for all.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <map>

namespace siaga::smsc {

class Later {
 public:
  using Task = std::function<void()>;

  explicit Later(boost::asio::io_context& io) : timer_(io) {}

  void after(std::chrono::milliseconds wait, Task task) {
    auto const at = Clock::now() + wait;
    bool const is_first = tasks_.empty() || at < tasks_.begin()->first;
    tasks_.emplace(at, std::move(task));
    if (is_first) arm();
  }

 private:
  using Clock = std::chrono::steady_clock;

  void arm() {
    timer_.expires_at(tasks_.begin()->first);
    timer_.async_wait([this](boost::system::error_code ec) {
      if (!ec) run_due();
    });
  }
  void run_due() {
    auto const now = Clock::now();
    while (!tasks_.empty() && tasks_.begin()->first <= now) {
      auto const task = std::move(tasks_.begin()->second);
      tasks_.erase(tasks_.begin());
      task();
    }
    if (!tasks_.empty()) arm();
  }

  boost::asio::steady_timer timer_;
  std::multimap<Clock::time_point, Task> tasks_;
};

}  // namespace siaga::smsc
