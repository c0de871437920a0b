#include "gateway/async/worker.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <utility>

namespace siaga {
namespace asio = boost::asio;

asio::awaitable<void> Worker::run(asio::any_io_executor core, std::function<void()> work) {
  auto start = [this, core = std::move(core), work = std::move(work)](auto waiter) mutable {
    auto const waits = std::make_shared<decltype(waiter)>(std::move(waiter));
    auto const tracked = asio::prefer(core, asio::execution::outstanding_work.tracked);
    auto const resume = [waits] { std::move (*waits)(); };
    push({std::move(work), [tracked, resume] { asio::post(tracked, resume); }});
  };
  return asio::async_initiate<asio::use_awaitable_t<> const, void()>(std::move(start),
                                                                     asio::use_awaitable);
}

void Worker::push(Task task) {
  std::lock_guard const lock(mutex_);
  tasks_.push_back(std::move(task));
  if (!thread_.joinable() && !stopping_) thread_ = std::thread([this] { serve(); });
  added_.notify_one();
}

void Worker::stop() {
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
  }
  added_.notify_one();
  if (thread_.joinable()) thread_.join();
  tasks_.clear();
}

void Worker::serve() {
  for (;;) {
    std::unique_lock lock(mutex_);
    added_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
    if (stopping_) return;
    auto const task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    task.work();
    task.done();
  }
}

}  // namespace siaga
