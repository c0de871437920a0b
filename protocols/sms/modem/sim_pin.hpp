// SimPin: decides whether the SIM's PIN may be entered: never twice when refused, never with one
// try left.
//
// Place:  StartUp -> SIM PIN -> pin_file, marker in data_dir.
// Thread: core only.
// Rule:   a PIN that was never accepted is entered once only. A PIN that this process saw accepted
//         may be entered again after the modem was reset, as long as it is not refused.
// Durable: the marker is written to disk before the PIN is entered, and removed once the PIN was
//         accepted: a gateway that restarts in a loop uses no further try. A changed pin_file
//         allows a new one.
// Errors: invalid_configuration: a person is needed; the detail says what for.
// See:    3GPP TS 27.007, 8.3 (+CPIN), 8.65 (+CPINR). The vendors' own counters: Huawei ^CPIN,
//         Cinterion ^SPIC, SIMCom +SPIC, Quectel +QPINC, u-blox +UPINCNT, Telit #PCT.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.hpp"

namespace siaga::sms {

class SimPin {
 public:
  // `marker` is a file of ours; `pin_file` may be "".
  SimPin(std::string pin_file, std::string marker)
      : pin_file_(std::move(pin_file)), marker_(std::move(marker)) {}

  // The PIN to be entered now; counts as entered from here on.
  Result<std::string> take(std::optional<int> tries_left);
  void accepted();
  void refused() { is_refused_ = true; }

 private:
  Result<void> may_enter(std::optional<int> tries_left) const;
  Result<void> write_marker() const;
  std::string pin_version() const;  // tells one content of pin_file from another

  std::string pin_file_, marker_;
  bool is_entered_ = false;  // and not yet accepted
  bool is_refused_ = false;
};

// How one vendor tells the tries left for the SIM's PIN.
struct PinCounter {
  std::string_view command;
  // From the answer's lines; nothing when it is not in them.
  std::optional<int> (*read)(std::vector<std::string> const& lines);
};
std::span<PinCounter const> pin_counters();  // the standard's first

}  // namespace siaga::sms
