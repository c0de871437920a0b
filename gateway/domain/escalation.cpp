#include "gateway/domain/escalation.hpp"

#include <algorithm>

namespace siaga {
namespace {

constexpr milliseconds pause_min{60'000};

milliseconds after_of(Policy const& policy, int step) {
  return policy.steps[static_cast<std::size_t>(step)].after;
}

int last_step(Policy const& policy) {
  return static_cast<int>(policy.steps.size()) - 1;
}

milliseconds pause_between_rounds(Policy const& policy) {
  auto longest = pause_min;
  for (int step = 1; step <= last_step(policy); ++step)
    longest = std::max(longest, after_of(policy, step) - after_of(policy, step - 1));
  return longest;
}

}  // namespace

std::optional<NextStep> next_step(Policy const& policy, LadderPosition const& here) {
  if (policy.steps.empty() || here.step < 0) return std::nullopt;
  LadderPosition next = here;
  if (here.step < last_step(policy)) {
    ++next.step;
  } else {
    if (here.round + 1 >= policy.repeat) return std::nullopt;
    ++next.round;
    next.step = 0;
    next.round_started += after_of(policy, last_step(policy)) + pause_between_rounds(policy);
  }
  return NextStep{next, next.round_started + after_of(policy, next.step)};
}

std::optional<NextStep> next_step_now(Policy const& policy, LadderPosition const& here,
                                      SteadyTime now) {
  auto next = next_step(policy, here);
  if (!next) return next;
  next->position.round_started = now - after_of(policy, next->position.step);
  next->due = now;
  return next;
}

}  // namespace siaga
