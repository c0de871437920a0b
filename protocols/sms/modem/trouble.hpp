// Trouble: decides whether refusals are the modem's fault or one number's, and what to do then.
// Pure.
//
// Place:  ModemService -> TROUBLE, after every +CMGS.
// Thread: values; core.
// Rule:   if only one number was refused, the fault is that number's. If two different numbers were
//         refused since the last success, it is the modem's. So a dead phone, however often it is
//         tried, pauses nobody else. A bar that two numbers met is the SIM's: its credit is used
//         up. A single number in trouble causes a reset at most once in `lone_reset_every`.
// Time:   steady time.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "gateway/domain/time.hpp"
#include "protocols/sms/modem/at_fault.hpp"

namespace siaga::sms {

class Trouble {
 public:
  struct Advice {
    milliseconds pause{0};        // for the whole modem; 0 = none
    milliseconds retry_after{0};  // for this message
    bool of_modem = false;        // not this message's fault
    bool reset = false;
    bool is_final = false;  // this message can never go
  };

  void succeeded();
  // `unanswered`: the modem took the message and said nothing more.
  Advice failed(std::string_view number, SubmitFault fault, SteadyTime now);
  bool of_modem() const noexcept { return numbers_.size() > 1; }

 private:
  bool wants_reset(SteadyTime now);
  std::vector<std::uint64_t> numbers_;  // whose refusals came since the last success; at most 2
  int network_in_row_ = 0;
  int unknown_in_row_ = 0;
  SteadyTime lone_reset_at_{};
};

}  // namespace siaga::sms
