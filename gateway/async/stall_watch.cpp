#include "gateway/async/stall_watch.hpp"

#include <algorithm>
#include <ctime>

namespace siaga {
namespace {

using Steady = std::chrono::steady_clock;

StallWatch::Span of_this_thread() noexcept {
  timespec used{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

}  // namespace

void StallWatch::run(boost::asio::io_context& io) {
  for (;;) {
    auto const begun = Steady::now();
    if (io.poll_one() > 0) {
      took(Steady::now() - begun);
      continue;
    }
    auto const before = of_this_thread();
    if (io.run_one() == 0) return;
    took(of_this_thread() - before);
  }
}

void StallWatch::when_longer(Span limit, std::function<void(Span)> tell) {
  limit_ = limit;
  tell_ = std::move(tell);
}

void StallWatch::took(Span span) {
  longest_ = std::max(longest_, span);
  if (span > limit_ && tell_) tell_(span);
}

}  // namespace siaga
