// Address: a phone number or a sender's name as TPDUs carry it.
//
// Place:  TP-DA, TP-OA and TP-RA; the service centre's address before a TPDU. Pure.
// Units:  a TPDU address counts semi-octets (digits; of a name those its septets fill), a service
//         centre's counts octets with the type. At most 20 digits, or 11 GSM characters.
// Errors: invalid_message for what is cut short, too long or has a filler amid its digits;
//         invalid_argument for a text that can be no address.
// See:    3GPP TS 23.040, 9.1.2.5; 3GPP TS 24.011, 8.2.5.1 (service centre).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/result.hpp"
#include "protocols/sms/tpdu/octet_reader.hpp"

namespace siaga::sms::tpdu {

enum class NumberType : std::uint8_t {
  unknown,
  international,
  national,
  network_specific,
  subscriber,
  alphanumeric,
  abbreviated,
  reserved,
};

struct Address {
  NumberType type = NumberType::unknown;
  std::uint8_t plan = 1;  // of numbering; 1 = telephone (E.164)
  std::string text;       // digits without plus, also '*', '#', 'a', 'b', 'c'; a name in UTF-8

  bool operator==(Address const&) const = default;
};

// "+6281..." is international, other digits are of unknown type, anything else is a name.
[[nodiscard]] Result<Address> address_of(std::string_view text);
// Its inverse: an international number begins with a plus.
std::string to_text(Address const& address);

// For addresses made by address_of or read from a TPDU.
void append(std::string& out, Address const& address);
[[nodiscard]] Result<Address> read_address(OctetReader& reader);

// None is one octet of 0: the one the SIM names.
void append_service_centre(std::string& out, std::optional<Address> const& address);
[[nodiscard]] Result<std::optional<Address>> read_service_centre(OctetReader& reader);

}  // namespace siaga::sms::tpdu
