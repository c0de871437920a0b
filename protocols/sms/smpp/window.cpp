#include "protocols/sms/smpp/window.hpp"

#include <algorithm>

namespace siaga::sms {
namespace {

constexpr std::size_t rounds_to_widen = 4;
constexpr unsigned doublings_max = 7;
constexpr milliseconds rate_trusted_for{60000};

}  // namespace

void Window::narrow(std::size_t limit) {
  limit_ = limit;
  full_ = 0;
  narrowed_at_ = departed_;
}

void Window::accepted(Departure const& departure) {
  if (!is_narrowed() || departure.number <= narrowed_at_ || departure.unanswered < limit_) return;
  ++full_;
  if (proved_ == 0 && full_ >= limit_) proved_ = limit_;
  if (full_ < (limit_ * rounds_to_widen) << std::min(refused_probes_, doublings_max)) return;
  if (proved_ < limit_) refused_probes_ = 0;
  proved_ = limit_++;
  full_ = 0;
}

Window::Blame Window::refused(Departure const& departure, SteadyTime now) {
  auto const beside = departure.unanswered - 1;
  if (departure.number <= blamed_at_) return Blame::rate;  // the same crowd
  if (beside == 0 || (proved_ > 0 && departure.unanswered <= proved_))
    return blame_rate(departure, now);
  if (!is_narrowed()) {
    if (now < rate_trusted_until_) return Blame::rate;
    proved_ = 0;
    refused_probes_ = 0;
    narrow(beside);
    return Blame::window;
  }
  if (departure.number <= narrowed_at_) {  // left before the limit was known
    limit_ = std::min(limit_, beside);
    return proved_ == 0 ? Blame::window : Blame::probe;
  }
  if (proved_ == 0) return blame_rate(departure, now);
  ++refused_probes_;
  narrow(proved_);
  return Blame::probe;
}

// The next crowd proves a window anew that a submit beside others speaks against.
Window::Blame Window::blame_rate(Departure const& departure, SteadyTime now) {
  blamed_at_ = departed_;
  if (proved_ == 0) {
    limit_ = any;
    rate_trusted_until_ = now + rate_trusted_for;
  } else if (departure.unanswered > 1) {
    limit_ = proved_;
    proved_ = full_ = 0;
  }
  return Blame::rate;
}

}  // namespace siaga::sms
