// TimeLimit: cancels a socket when one call takes too long; tells time-out apart from other ends.
//
// Place:  inside the streams: one for reading, one for writing.
// Thread: core only. Outlives its owner safely: the timer holds its own state.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>

namespace siaga {

class TimeLimit {
 public:
  TimeLimit(boost::asio::any_io_executor const& executor, std::function<void()> cancel)
      : state_(std::make_shared<State>(executor, std::move(cancel))) {}
  ~TimeLimit() { state_->call = 0; }
  TimeLimit(TimeLimit const&) = delete;
  TimeLimit& operator=(TimeLimit const&) = delete;

  void start(std::chrono::milliseconds limit) {
    state_->call = ++calls_;
    state_->passed = false;
    state_->timer.expires_after(limit);
    state_->timer.async_wait([state = state_, call = calls_](boost::system::error_code ec) {
      if (ec || state->call != call) return;
      state->passed = true;
      state->cancel();
    });
  }
  bool stop() {  // whether the time had passed
    state_->call = 0;
    state_->timer.cancel();
    return state_->passed;
  }

 private:
  struct State {
    State(boost::asio::any_io_executor const& executor, std::function<void()> c)
        : timer(executor), cancel(std::move(c)) {}
    boost::asio::steady_timer timer;
    std::function<void()> cancel;
    std::uint64_t call = 0;  // 0 = none under way
    bool passed = false;
  };
  std::shared_ptr<State> state_;
  std::uint64_t calls_ = 0;
};

}  // namespace siaga
