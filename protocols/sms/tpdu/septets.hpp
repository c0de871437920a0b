// septets: GSM 7-bit characters packed into octets, the first in the lowest bits.
//
// Place:  user data and alphanumeric addresses of TPDUs. Pure.
// Units:  unpacked, one septet an octet; `fill_bits` (0 to 6) zero bits go before the first, so
//         that a text after a user data header begins on a septet boundary.
// See:    3GPP TS 23.038, 6.1.2.1; 3GPP TS 23.040, 9.2.3.24.
#pragma once

#include <string>
#include <string_view>

#include "protocols/sms/tpdu/octet_reader.hpp"

namespace siaga::sms::tpdu {

// Octets that hold so many septets.
constexpr std::size_t packed_octets(std::size_t septets, unsigned fill_bits = 0) noexcept {
  return (septets * 7 + fill_bits + 7) / 8;
}

std::string pack(std::string_view septets, unsigned fill_bits = 0);
// `octets` holds at least packed_octets(count, fill_bits).
std::string unpack(Octets octets, std::size_t count, unsigned fill_bits = 0);

}  // namespace siaga::sms::tpdu
