// StallWatch: runs the core, and measures the longest time that it did only one thing.
//
// Place:  gateway -> STALL WATCH -> io_context; metrics and incidents read it.
// Thread: core only.
// Time:   of a handler that was ready, as the wall clock has it; of one that the core waited for,
//         the processor's, since waiting is no stall.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>

namespace siaga {

class StallWatch {
 public:
  using Span = std::chrono::nanoseconds;

  // Instead of io.run().
  void run(boost::asio::io_context& io);
  // Called on core after each thing that took longer.
  void when_longer(Span limit, std::function<void(Span)> tell);
  Span longest() const noexcept { return longest_; }

 private:
  void took(Span span);

  Span longest_{0};
  Span limit_ = Span::max();
  std::function<void(Span)> tell_;
};

}  // namespace siaga
