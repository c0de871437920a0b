// AtFault: the meaning of a modem's refusal, by number or by words: whose fault it is. Pure.
//
// Place:  Dialogue's answers -> AT FAULT -> StartUp, ModemService, Storages.
// Thread: values; any thread.
// See:    3GPP TS 27.005, 3.2.5 (+CMS ERROR); TS 24.011, annex E (RP causes 1-127); TS 23.040,
//         9.2.3.22 (TP-FCS 128-255); TS 27.007, 9.2 (+CME ERROR).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace siaga::sms {

// Why a short message was refused.
enum class SubmitFault {
  network,  // no service, congestion, temporary trouble: the same message later
  message,  // of this number or this text, and for good
  barred,   // of this number, or of the SIM's contract: no credit, no messages in it
  sim,      // the card is missing, locked or broken, or has no service centre: a person is needed
  memory_full,  // storages must be emptied first
  busy,         // the modem or card is not ready yet
  unknown,      // the modem does not say: once more, then a reset
};

SubmitFault fault_of_cms(int code);
// "no network service (331)"; "error 512" when it has no words here.
std::string cms_text(int code);
// Of "+CMS ERROR: 331", "+CMS ERROR: no network service" and the +CME forms; nothing for ERROR.
std::optional<int> code_of_refusal(std::string_view line);

constexpr int cme_no_sim = 10, cme_pin_wanted = 11, cme_puk_wanted = 12, cme_sim_failure = 13,
              cme_sim_busy = 14, cme_wrong_password = 16;
constexpr int cms_sim_busy = 314, cms_memory_full = 322, cms_invalid_index = 321,
              cms_no_acknowledgement_expected = 340, cms_unknown = 500;

}  // namespace siaga::sms
