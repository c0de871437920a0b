#include "protocols/sms/tpdu/line.hpp"

namespace siaga::sms::tpdu {
namespace {

constexpr std::string_view digits = "0123456789ABCDEF";

int value_of(char digit) noexcept {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  return -1;
}

Octets octets_in(std::string_view text) {
  return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}

Result<Received> behind_address(std::string_view octets) {
  OctetReader reader(octets_in(octets));
  auto address = read_service_centre(reader);
  if (!address) return address.error();
  auto const before = 1U + static_cast<unsigned char>(octets[0]);
  return Received{std::move(*address), std::string(octets.substr(before))};
}

}  // namespace

Line line_of(std::string_view tpdu, std::optional<Address> const& service_centre) {
  std::string octets;
  append_service_centre(octets, service_centre);
  octets += tpdu;
  return {hex_of(octets), tpdu.size()};
}

Line bare_line_of(std::string_view tpdu) {
  return {hex_of(tpdu), tpdu.size()};
}

Result<Received> read_line(std::string_view hex, std::size_t tpdu_octets) {
  auto octets = octets_of(hex);
  if (!octets) return octets.error();
  if (octets->size() == tpdu_octets) return Received{std::nullopt, std::move(*octets)};
  auto received = behind_address(*octets);
  if (received && received->octets.size() != tpdu_octets)
    return Error(Errc::invalid_message, "a PDU is not as long as the modem says");
  return received;
}

Result<Received> read_line(std::string_view hex) {
  auto const octets = octets_of(hex);
  if (!octets) return octets.error();
  return behind_address(*octets);
}

std::string hex_of(std::string_view octets) {
  std::string hex;
  hex.reserve(octets.size() * 2);
  for (char const c : octets) {
    auto const octet = static_cast<unsigned char>(c);
    hex.push_back(digits[octet >> 4]);
    hex.push_back(digits[octet & 0xFU]);
  }
  return hex;
}

Result<std::string> octets_of(std::string_view hex) {
  std::string octets;
  octets.reserve(hex.size() / 2);
  if (hex.size() % 2 != 0)
    return Error(Errc::invalid_message, "a PDU has an odd number of hexadecimal digits");
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    int const high = value_of(hex[i]), low = value_of(hex[i + 1]);
    if (high < 0 || low < 0)
      return Error(Errc::invalid_message, "a PDU is not written in hexadecimal digits");
    octets.push_back(static_cast<char>(high * 16 + low));
  }
  return octets;
}

}  // namespace siaga::sms::tpdu
