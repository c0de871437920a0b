// Validity: how long a service centre tries to deliver; an alert dies there when it has expired.
//
// Place:  TP-VP and its format bits in SMS-SUBMIT. Pure.
// Units:  relative is 5 to 720 minutes in steps of 5, then half hours to a day, days to 30, weeks
//         to 63, rounded down (but to no less than 5 minutes); absolute is to the second; enhanced
//         is to the second, at most 99:59:59.
// Rule:   many networks know the relative form only.
// See:    3GPP TS 23.040, 9.2.3.3 (format) and 9.2.3.12.
#pragma once

#include <chrono>
#include <optional>
#include <variant>

#include "gateway/base/result.hpp"
#include "protocols/sms/tpdu/timestamp.hpp"

namespace siaga::sms::tpdu {

struct RelativeValidity {
  std::chrono::minutes lasts{};
  bool operator==(RelativeValidity const&) const = default;
};
struct EnhancedValidity {
  std::optional<std::chrono::seconds> lasts;  // none = the network's own
  bool single_shot = false;                   // one attempt only
  bool operator==(EnhancedValidity const&) const = default;
};
// The first is the network's own.
using Validity = std::variant<std::monostate, RelativeValidity, Timestamp, EnhancedValidity>;

enum class ValidityFormat : std::uint8_t { none, enhanced, relative, absolute };  // as on air

ValidityFormat format_of(Validity const& validity) noexcept;
void append(std::string& out, Validity const& validity);
// A reserved or senseless period is the network's own; `reader` says when it is cut short.
Validity read_validity(OctetReader& reader, ValidityFormat format);

}  // namespace siaga::sms::tpdu
