// Ladder: the next thing to try with a modem that does not answer: from gentle to hard, ever less
// often.
//
// Place:  Modem -> LADDER. Pure.
// Steps:  open the port again, twice; AT+CFUN=1,1; open; the hook command (cuts the power); open;
//         then the same again. A device that is not there cannot be told to reset. Without a hook
//         that step is left out.
// Time:   the pause before each step doubles from 1 s to 5 min; a modem that was told to reset, or
//         whose power was cut, gets `boot` at least.
#pragma once

#include "gateway/domain/time.hpp"

namespace siaga::sms {

enum class RecoveryStep { open, reset_modem, run_hook };

struct RecoveryPlan {
  RecoveryStep step = RecoveryStep::open;
  milliseconds pause{0};  // before the step
};

class Ladder {
 public:
  explicit Ladder(bool has_hook) : has_hook_(has_hook) {}

  RecoveryPlan after_failure(bool is_device_there);
  // The next step is AT+CFUN=1,1, unless that was tried since it last served well.
  void want_reset() noexcept { reset_wanted_ = true; }
  void held() noexcept;  // it served well: from the start again
  int failures() const noexcept { return failures_; }
  static constexpr milliseconds boot{15000};

 private:
  bool has_hook_;
  bool reset_wanted_ = false;
  bool was_hard_ = false;  // the last step
  int failures_ = 0;
  int rung_ = 0;
};

}  // namespace siaga::sms
