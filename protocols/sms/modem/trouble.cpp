#include "protocols/sms/modem/trouble.hpp"

#include <algorithm>
#include <functional>
#include <string>

namespace siaga::sms {
namespace {

constexpr milliseconds network_pause{5000};
constexpr milliseconds network_pause_max{60000};
constexpr milliseconds barred_pause{60000};
constexpr milliseconds busy_pause{3000};
constexpr milliseconds retry_unknown{2000};
constexpr milliseconds retry_full{10000};
constexpr int unknown_before_reset = 2;
constexpr int lone_unknown_before_reset = 4;
constexpr milliseconds lone_reset_every = std::chrono::hours(1);

}  // namespace

void Trouble::succeeded() {
  numbers_.clear();
  network_in_row_ = unknown_in_row_ = 0;
}

bool Trouble::wants_reset(SteadyTime now) {
  if (of_modem()) return unknown_in_row_ >= unknown_before_reset;
  bool const allowed = lone_reset_at_ == SteadyTime{} || now - lone_reset_at_ >= lone_reset_every;
  if (unknown_in_row_ < lone_unknown_before_reset || !allowed) return false;
  lone_reset_at_ = now;
  return true;
}

Trouble::Advice Trouble::failed(std::string_view number, SubmitFault fault, SteadyTime now) {
  auto const hash = static_cast<std::uint64_t>(std::hash<std::string_view>()(number));
  bool const is_fault_of_message = fault == SubmitFault::message;
  if (!is_fault_of_message && numbers_.size() < 2 &&
      std::ranges::find(numbers_, hash) == numbers_.end())
    numbers_.push_back(hash);
  Advice advice;
  advice.of_modem = of_modem() && !is_fault_of_message;
  switch (fault) {
    case SubmitFault::message:
      advice.is_final = true;
      break;
    case SubmitFault::barred:
      advice.is_final = !of_modem();
      if (of_modem()) advice.pause = advice.retry_after = barred_pause;
      break;
    case SubmitFault::network: {
      ++network_in_row_;
      auto const doublings = std::min(network_in_row_ - 1, 4);
      advice.retry_after = std::min(network_pause * (1 << doublings), network_pause_max);
      if (of_modem()) advice.pause = advice.retry_after;
      break;
    }
    case SubmitFault::busy:
      advice.of_modem = true;
      advice.pause = advice.retry_after = busy_pause;
      break;
    case SubmitFault::memory_full:
    case SubmitFault::sim:
      advice.of_modem = true;
      advice.retry_after = retry_full;
      break;
    case SubmitFault::unknown:
      ++unknown_in_row_;
      advice.retry_after = retry_unknown;
      advice.reset = wants_reset(now);
      break;
  }
  return advice;
}

}  // namespace siaga::sms
