// PahoThread: the one thread of this process that calls Paho.
//
// Place:  intake, feed, client_once -> PAHO THREAD -> connection -> Paho's own two threads.
// Why:    Paho's state is process-wide: one mutex, one sender, one receiver for all clients, and
//         its 1.3 releases race when several threads call in. So our side is one thread as well,
//         and never the core: a callback that waits for a commit holds Paho's mutex.
// Thread: shared() any; coroutines of this folder run here. The last owner must not be one of them.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <thread>

namespace siaga::mqtt {

class PahoThread {
 public:
  // Lives as long as somebody holds it.
  static std::shared_ptr<PahoThread> shared();

  PahoThread();
  ~PahoThread();
  PahoThread(PahoThread const&) = delete;
  PahoThread& operator=(PahoThread const&) = delete;

  boost::asio::any_io_executor executor() { return io_.get_executor(); }

 private:
  void run();

  boost::asio::io_context io_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::thread thread_;
};

}  // namespace siaga::mqtt
