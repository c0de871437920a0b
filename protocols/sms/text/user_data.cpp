#include "protocols/sms/text/user_data.hpp"

#include "protocols/sms/text/gsm.hpp"
#include "protocols/sms/text/unicode.hpp"

namespace siaga::sms {
namespace {

std::uint8_t octet(std::string_view text, std::size_t at) noexcept {
  return static_cast<std::uint8_t>(text[at]);
}

constexpr std::uint8_t joined_8bit = 0x00;
constexpr std::uint8_t joined_16bit = 0x08;
constexpr std::uint8_t single_shift = 0x24;
constexpr std::uint8_t locking_shift = 0x25;

std::optional<Joined> joined_of(std::uint8_t element, std::string_view value) {
  Joined joined;
  if (element == joined_8bit && value.size() == 3) {
    joined = {octet(value, 0), octet(value, 1), octet(value, 2)};
  } else if (element == joined_16bit && value.size() == 4) {
    auto const reference = static_cast<std::uint16_t>((octet(value, 0) << 8) | octet(value, 1));
    joined = {reference, octet(value, 2), octet(value, 3)};
  } else {
    return std::nullopt;
  }
  // TS 23.040: an element whose number is 0 or beyond the total is ignored.
  if (joined.number == 0 || joined.number > joined.total) return std::nullopt;
  return joined;
}

void take_element(UserData& data, std::uint8_t element, std::string_view value) {
  if (auto const joined = joined_of(element, value)) data.joined = joined;
  if (value.size() != 1) return;
  if (element == single_shift) data.shifts.single = language_of(octet(value, 0));
  if (element == locking_shift) data.shifts.locking = language_of(octet(value, 0));
}

enum class Alphabet { network_default, gsm, ascii, latin1, ucs2 };

Alphabet alphabet_of(std::uint8_t data_coding) {
  if (data_coding == 0) return Alphabet::network_default;
  if (data_coding == 1) return Alphabet::ascii;
  if (data_coding == 8) return Alphabet::ucs2;
  if (data_coding < 0x10) return Alphabet::latin1;
  if ((data_coding & 0xF0U) == 0xF0U)  // TS 23.038: message class, bit 2 = 8-bit data
    return (data_coding & 0x04U) != 0 ? Alphabet::latin1 : Alphabet::gsm;
  if ((data_coding & 0xC0U) == 0) {  // general group, bits 3..2 name the alphabet
    auto const bits = (data_coding >> 2) & 3U;
    return bits == 2 ? Alphabet::ucs2 : (bits == 0 ? Alphabet::gsm : Alphabet::latin1);
  }
  return (data_coding & 0xF0U) == 0xE0U ? Alphabet::ucs2 : Alphabet::gsm;
}

}  // namespace

Result<UserData> split_header(std::string_view octets) {
  if (octets.empty())
    return Error(Errc::invalid_message, "a user data header is announced, none is there");
  std::size_t const length = octet(octets, 0);
  if (length + 1 > octets.size())
    return Error(Errc::invalid_message, "the user data header runs past the end of the text");
  UserData data;
  data.octets = octets.substr(length + 1);
  auto elements = octets.substr(1, length);
  while (!elements.empty()) {
    if (elements.size() < 2 || elements.size() - 2 < octet(elements, 1))
      return Error(Errc::invalid_message, "an element runs past the end of the user data header");
    take_element(data, octet(elements, 0), elements.substr(2, octet(elements, 1)));
    elements.remove_prefix(2U + octet(elements, 1));
  }
  return data;
}

std::string text_of(std::string_view octets, std::uint8_t data_coding, Charset network_default,
                    Shifts const& shifts) {
  switch (alphabet_of(data_coding)) {
    case Alphabet::ucs2:
      return from_utf16be(octets);
    case Alphabet::gsm:
      return from_gsm(octets, shifts);
    case Alphabet::network_default:
      if (network_default == Charset::gsm || shifts != Shifts()) return from_gsm(octets, shifts);
      [[fallthrough]];
    default:
      return from_latin1(octets);
  }
}

std::string text_of(std::vector<CodedText> const& parts, Charset network_default) {
  std::string text;
  for (std::size_t i = 0; i < parts.size();) {
    auto const& first = parts[i];
    std::string octets;
    for (; i < parts.size() && parts[i].read_as(first); ++i) octets += parts[i].octets;
    text += text_of(octets, first.data_coding, network_default, first.shifts);
  }
  return text;
}

}  // namespace siaga::sms
