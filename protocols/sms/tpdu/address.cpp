#include "protocols/sms/tpdu/address.hpp"

#include <algorithm>

#include "gateway/base/assert.hpp"
#include "protocols/sms/text/gsm.hpp"
#include "protocols/sms/text/unicode.hpp"
#include "protocols/sms/tpdu/septets.hpp"

namespace siaga::sms::tpdu {
namespace {

constexpr std::string_view digits = "0123456789*#abc";
constexpr std::size_t digits_max = 20;
constexpr std::size_t name_septets_max = 11;
constexpr unsigned filler = 0xF;

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of(digits) == std::string_view::npos;
}

unsigned semi_octet(char digit) {
  return static_cast<unsigned>(digits.find(digit));
}

void append_digits(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); i += 2) {
    auto const high = i + 1 < text.size() ? semi_octet(text[i + 1]) : filler;
    out.push_back(static_cast<char>(semi_octet(text[i]) | (high << 4)));
  }
}

std::optional<std::string> gsm_name(std::string_view text) {
  std::string septets;
  while (!text.empty()) {
    auto const c = next_character(text);
    if (gsm_length(c) == 0) return std::nullopt;
    append_gsm(septets, c);
  }
  return septets;
}

std::string septets_of(Address const& address) {
  auto septets = gsm_name(address.text);
  require(septets && septets->size() <= name_septets_max, "a sender's name that fits no TPDU");
  return std::move(*septets);
}

char type_octet(Address const& address) {
  return static_cast<char>(0x80U | (static_cast<unsigned>(address.type) << 4) | address.plan);
}

// `count` semi-octets; a filler may stand only at the end.
Result<std::string> read_digits(Octets octets, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    auto const value = (octets[i / 2] >> (i % 2 == 0 ? 0 : 4)) & 0xFU;
    if (value != filler) {
      text.push_back(digits[value]);
    } else if (i + 1 != count) {
      return Error(Errc::invalid_message, "an address has a filler amid its digits");
    }
  }
  return text;
}

Result<Address> address_in(std::uint8_t type, Octets octets, std::size_t semi_octets) {
  Address address;
  address.type = static_cast<NumberType>((type >> 4) & 7U);
  address.plan = type & 0xFU;
  if (address.type == NumberType::alphanumeric) {
    address.text = from_gsm(unpack(octets, semi_octets * 4 / 7));
    return address;
  }
  auto text = read_digits(octets, semi_octets);
  if (!text) return text.error();
  address.text = std::move(*text);
  return address;
}

}  // namespace

Result<Address> address_of(std::string_view text) {
  bool const international = !text.empty() && text.front() == '+';
  auto const number = international ? text.substr(1) : text;
  if (is_digits(number)) {
    if (number.size() > digits_max)
      return Error(Errc::invalid_argument, "a phone number has at most 20 digits");
    auto const type = international ? NumberType::international : NumberType::unknown;
    return Address{type, 1, std::string(number)};
  }
  auto const name = gsm_name(text);
  if (!name || name->empty() || name->size() > name_septets_max)
    return Error(Errc::invalid_argument, "an address is a phone number or 1 to 11 GSM characters");
  return Address{NumberType::alphanumeric, 0, std::string(text)};
}

std::string to_text(Address const& address) {
  return (address.type == NumberType::international ? "+" : "") + address.text;
}

void append(std::string& out, Address const& address) {
  if (address.type == NumberType::alphanumeric) {
    auto const septets = septets_of(address);
    out.push_back(static_cast<char>((septets.size() * 7 + 3) / 4));
    out.push_back(type_octet(address));
    out += pack(septets);
    return;
  }
  require(address.text.empty() || (is_digits(address.text) && address.text.size() <= digits_max),
          "a number that fits no TPDU");
  out.push_back(static_cast<char>(address.text.size()));
  out.push_back(type_octet(address));
  append_digits(out, address.text);
}

Result<Address> read_address(OctetReader& reader) {
  std::size_t const semi_octets = reader.octet();
  auto const type = reader.octet();
  if (semi_octets > digits_max)
    return Error(Errc::invalid_message, "an address is longer than 20 digits");
  auto const octets = reader.take((semi_octets + 1) / 2);
  if (reader.overran()) return Error(Errc::invalid_message, "an address is cut short");
  return address_in(type, octets, semi_octets);
}

void append_service_centre(std::string& out, std::optional<Address> const& address) {
  if (!address || address->text.empty()) return out.push_back('\0');
  require(is_digits(address->text) && address->text.size() <= digits_max,
          "a service centre's address is a phone number");
  out.push_back(static_cast<char>(1 + (address->text.size() + 1) / 2));
  out.push_back(type_octet(*address));
  append_digits(out, address->text);
}

Result<std::optional<Address>> read_service_centre(OctetReader& reader) {
  std::size_t const length = reader.octet();
  auto octets = reader.take(length);
  if (reader.overran())
    return Error(Errc::invalid_message, "the service centre's address is cut short");
  if (length == 0) return std::optional<Address>();
  if (length - 1 > digits_max / 2)
    return Error(Errc::invalid_message, "the service centre's address is longer than 20 digits");
  auto address = address_in(octets[0], octets.subspan(1), (length - 1) * 2);
  if (!address) return address.error();
  return std::optional<Address>(std::move(*address));
}

}  // namespace siaga::sms::tpdu
