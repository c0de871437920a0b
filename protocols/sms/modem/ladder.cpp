#include "protocols/sms/modem/ladder.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace siaga::sms {
namespace {

constexpr milliseconds first_pause{1000};
constexpr milliseconds longest_pause{300000};

using enum RecoveryStep;
constexpr auto rungs = std::to_array<RecoveryStep>({open, open, reset_modem, open, run_hook, open});

}  // namespace

void Ladder::held() noexcept {
  failures_ = rung_ = 0;
  was_hard_ = false;
}

RecoveryPlan Ladder::after_failure(bool is_device_there) {
  auto const doublings = std::min(failures_, 10);
  ++failures_;
  RecoveryPlan plan;
  plan.pause = std::min(first_pause * (1 << doublings), longest_pause);
  if (was_hard_) plan.pause = std::max(plan.pause, boot);
  auto const is_possible = [&](RecoveryStep step) {
    if (step == reset_modem) return is_device_there;
    return step != run_hook || has_hook_;
  };
  constexpr int reset_rung = 2;
  if (std::exchange(reset_wanted_, false) && is_device_there && rung_ <= reset_rung) {
    plan.step = reset_modem;
    rung_ = reset_rung + 1;
  } else {
    while (!is_possible(rungs[static_cast<std::size_t>(rung_) % rungs.size()])) ++rung_;
    plan.step = rungs[static_cast<std::size_t>(rung_++) % rungs.size()];
  }
  was_hard_ = plan.step != open;
  return plan;
}

}  // namespace siaga::sms
