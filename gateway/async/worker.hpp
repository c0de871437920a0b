// Worker: one thread beside the core, for work that would hold the core up.
//
// Place:  a leg of the flow -> WORKER -> the leg goes on, on core.
// Thread: run() and stop() on core; the work on a thread of its own, one piece at a time, in the
//         order of asking. The thread is started by the first.
// Rules:  work touches nothing of the core's: it owns, or shares, what it is handed.
// Bound:  the callers'; each waits for its own.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace siaga {

class Worker {
 public:
  Worker() = default;
  ~Worker() { stop(); }
  Worker(Worker const&) = delete;
  Worker& operator=(Worker const&) = delete;

  // Resumes on `core` when the work is done.
  boost::asio::awaitable<void> run(boost::asio::any_io_executor core, std::function<void()> work);
  // Ends what it is at; what waits for it is let go, and never resumes.
  void stop();

 private:
  struct Task {
    std::function<void()> work;
    std::function<void()> done;
  };
  void push(Task task);
  void serve();

  std::mutex mutex_;
  std::condition_variable added_;
  std::deque<Task> tasks_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace siaga
