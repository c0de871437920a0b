// CoreThread: an io_context that runs as the core does, beside a test that waits.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <chrono>
#include <functional>
#include <stdexcept>
#include <thread>

namespace siaga::test {

class CoreThread {
 public:
  CoreThread() : work_(io_.get_executor()), thread_([this] { io_.run(); }) {}
  ~CoreThread() { stop(); }
  // Nothing runs on it any more.
  void stop() {
    io_.stop();
    if (thread_.joinable()) thread_.join();
  }

  boost::asio::any_io_executor executor() { return io_.get_executor(); }

  template <class T>
  T run(boost::asio::awaitable<T> work, std::chrono::seconds limit = std::chrono::seconds(20)) {
    auto result = boost::asio::co_spawn(io_, std::move(work), boost::asio::use_future);
    if (result.wait_for(limit) != std::future_status::ready)
      throw std::runtime_error("the coroutine does not end");
    return result.get();
  }

 private:
  boost::asio::io_context io_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::thread thread_;
};

// Looks every few milliseconds; for what other programs and threads do in their own time.
inline bool comes_true(std::chrono::milliseconds limit, std::function<bool()> const& condition) {
  auto const until = std::chrono::steady_clock::now() + limit;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

}  // namespace siaga::test
