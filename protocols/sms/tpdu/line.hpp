// line: TPDUs as modems spell them: in hexadecimal, behind the service centre's address.
//
// Place:  encode -> LINE -> AT+CMGS; +CMT, +CMGR, +CMGL and +CDS -> LINE -> decode. Pure.
// Units:  `tpdu_octets` is the number a modem is given with AT+CMGS and gives with what it
//         received: octets of the TPDU alone, the address before it not counted.
// Errors: invalid_message for what is not hexadecimal, or not as long as the modem says.
// See:    3GPP TS 27.005, 3.1 (<pdu>, <length>); 3GPP TS 24.011, 8.2.5 (the address).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocols/sms/tpdu/address.hpp"

namespace siaga::sms::tpdu {

struct Line {
  std::string hex;
  std::size_t tpdu_octets = 0;
};

struct Received {
  std::optional<Address> service_centre;
  std::string octets;  // of the TPDU

  Octets tpdu() const noexcept {
    return {reinterpret_cast<std::uint8_t const*>(octets.data()), octets.size()};
  }
};

// Without a service centre: the SIM's own.
Line line_of(std::string_view tpdu, std::optional<Address> const& service_centre = {});
// For the few modems that take no address before it.
Line bare_line_of(std::string_view tpdu);

// Whether an address is there is seen from the number.
[[nodiscard]] Result<Received> read_line(std::string_view hex, std::size_t tpdu_octets);
// When there is no number: the address is there.
[[nodiscard]] Result<Received> read_line(std::string_view hex);

std::string hex_of(std::string_view octets);
[[nodiscard]] Result<std::string> octets_of(std::string_view hex);

}  // namespace siaga::sms::tpdu
