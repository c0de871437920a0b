// SentParts: finds the part that a status report means. Its message reference repeats after 255
// parts, so the number it went to and the hour it was sent belong to its name.
//
// Place:  ModemChannel -> SENT PARTS (a name for each part) -> Sent; ModemInbound -> SENT PARTS
//         (names a report may mean) -> ReceiptSink. Pure.
// Rule:   parts that this run sent are found exactly, even if a network writes the number in
//         another way. After a restart the name is made again from the report, whose time is the
//         network's: its hour, or the one before or after.
// Bounds: the last `parts_max` parts are remembered.
// See:    3GPP TS 23.040, 9.2.3.6 (TP-MR), 9.2.3.11 (TP-SCTS).
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/domain/time.hpp"

namespace siaga::sms {

class SentParts {
 public:
  static constexpr std::size_t parts_max = 2048;

  // "628110000001.42.498726"
  std::string name(std::string_view digits, int reference, UtcTime now);
  // The likeliest first. `sent` = when the network took it.
  std::vector<std::string> names(std::string_view digits, int reference,
                                 std::optional<UtcTime> sent) const;
  void forget(std::string_view name);

 private:
  struct Part {
    int reference;
    std::string digits, name;
  };
  std::deque<Part> parts_;  // newest first
};

}  // namespace siaga::sms
