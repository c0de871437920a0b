#include "protocols/sms/tpdu/septets.hpp"

#include "gateway/base/assert.hpp"

namespace siaga::sms::tpdu {

std::string pack(std::string_view septets, unsigned fill_bits) {
  std::string octets;
  octets.reserve(packed_octets(septets.size(), fill_bits));
  unsigned held = 0, held_bits = fill_bits;
  for (char const septet : septets) {
    held |= (static_cast<unsigned char>(septet) & 0x7FU) << held_bits;
    held_bits += 7;
    if (held_bits < 8) continue;
    octets.push_back(static_cast<char>(held & 0xFFU));
    held >>= 8;
    held_bits -= 8;
  }
  if (held_bits > 0) octets.push_back(static_cast<char>(held));
  return octets;
}

std::string unpack(Octets octets, std::size_t count, unsigned fill_bits) {
  require(octets.size() >= packed_octets(count, fill_bits), "septets past the end of their octets");
  std::string septets;
  septets.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    auto const bit = fill_bits + i * 7;
    auto const at = bit / 8;
    unsigned const low = octets[at];
    unsigned const high = at + 1 < octets.size() ? octets[at + 1] : 0;
    septets.push_back(static_cast<char>(((low | (high << 8)) >> (bit % 8)) & 0x7FU));
  }
  return septets;
}

}  // namespace siaga::sms::tpdu
