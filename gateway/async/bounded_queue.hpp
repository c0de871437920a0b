// BoundedQueue: hands values from one coroutine to another, no more than `size_max` at a time.
//
// Place:  between the legs of the flow where each keeps its own pace.
// Thread: core only. One consumer.
// Errors: try_push() answers false when full: the caller's rule for full applies.
#pragma once

#include <deque>

#include "gateway/async/event.hpp"

namespace siaga {

template <class T>
class BoundedQueue {
 public:
  BoundedQueue(boost::asio::any_io_executor const& executor, std::size_t size_max)
      : ready_(executor), size_max_(size_max) {}

  [[nodiscard]] bool try_push(T value) {
    if (items_.size() >= size_max_) return false;
    items_.push_back(std::move(value));
    ready_.notify();
    return true;
  }

  boost::asio::awaitable<T> pop() {
    while (items_.empty()) co_await ready_.wait();
    T value = std::move(items_.front());
    items_.pop_front();
    co_return value;
  }

  std::size_t size() const noexcept { return items_.size(); }

 private:
  std::deque<T> items_;
  Event ready_;
  std::size_t size_max_;
};

}  // namespace siaga
