#include "protocols/sms/text/gsm.hpp"

#include <array>
#include <cstdint>

#include "gateway/base/assert.hpp"
#include "protocols/sms/text/unicode.hpp"

namespace siaga::sms {
namespace {

constexpr unsigned escape = 0x1B;
constexpr std::uint8_t absent = 0xFF;

constexpr std::array<char32_t, 128> alphabet = {
    U'@',   0xA3,   U'$',   0xA5,   0xE8,   0xE9, 0xF9,   0xEC,   0xF2,   0xC7,   U'\n',  0xD8,
    0xF8,   U'\r',  0xC5,   0xE5,   0x0394, U'_', 0x03A6, 0x0393, 0x039B, 0x03A9, 0x03A0, 0x03A8,
    0x03A3, 0x0398, 0x039E, escape, 0xC6,   0xE6, 0xDF,   0xC9,   U' ',   U'!',   U'"',   U'#',
    0xA4,   U'%',   U'&',   U'\'',  U'(',   U')', U'*',   U'+',   U',',   U'-',   U'.',   U'/',
    U'0',   U'1',   U'2',   U'3',   U'4',   U'5', U'6',   U'7',   U'8',   U'9',   U':',   U';',
    U'<',   U'=',   U'>',   U'?',   0xA1,   U'A', U'B',   U'C',   U'D',   U'E',   U'F',   U'G',
    U'H',   U'I',   U'J',   U'K',   U'L',   U'M', U'N',   U'O',   U'P',   U'Q',   U'R',   U'S',
    U'T',   U'U',   U'V',   U'W',   U'X',   U'Y', U'Z',   0xC4,   0xD6,   0xD1,   0xDC,   0xA7,
    0xBF,   U'a',   U'b',   U'c',   U'd',   U'e', U'f',   U'g',   U'h',   U'i',   U'j',   U'k',
    U'l',   U'm',   U'n',   U'o',   U'p',   U'q', U'r',   U's',   U't',   U'u',   U'v',   U'w',
    U'x',   U'y',   U'z',   0xE4,   0xF6,   0xF1, 0xFC,   0xE0};

struct Extension {
  std::uint8_t code;
  char32_t character;
};
constexpr std::array<Extension, 10> extensions = {{{0x0A, U'\f'},
                                                   {0x14, U'^'},
                                                   {0x28, U'{'},
                                                   {0x29, U'}'},
                                                   {0x2F, U'\\'},
                                                   {0x3C, U'['},
                                                   {0x3D, U'~'},
                                                   {0x3E, U']'},
                                                   {0x40, U'|'},
                                                   {0x65, 0x20AC}}};

// Codes by Latin-1 character; the few others (Greek, the euro sign) are searched.
constexpr std::array<std::uint8_t, 256> codes_of_latin1 = [] {
  std::array<std::uint8_t, 256> codes{};
  codes.fill(absent);
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    if (alphabet[i] < 256 && i != escape) codes[alphabet[i]] = static_cast<std::uint8_t>(i);
  return codes;
}();

std::uint8_t basic_code(char32_t c) noexcept {
  if (c < 256) return codes_of_latin1[c];
  if (c < 0x0393 || c > 0x03A9) return absent;
  for (std::size_t i = 0x10; i < 0x1B; ++i)
    if (alphabet[i] == c) return static_cast<std::uint8_t>(i);
  return absent;
}

std::uint8_t extension_code(char32_t c) noexcept {
  for (auto const& extension : extensions)
    if (extension.character == c) return extension.code;
  return absent;
}

char32_t escaped(unsigned code) noexcept {
  for (auto const& extension : extensions)
    if (extension.code == code) return extension.character;
  return code == escape ? U' ' : alphabet[code];
}

}  // namespace

int gsm_length(char32_t c) noexcept {
  if (basic_code(c) != absent) return 1;
  return extension_code(c) != absent ? 2 : 0;
}

void append_gsm(std::string& out, char32_t c) {
  auto code = basic_code(c);
  if (code == absent) {
    code = extension_code(c);
    require(code != absent, "a character outside the GSM alphabet was to be written in it");
    out.push_back(static_cast<char>(escape));
  }
  out.push_back(static_cast<char>(code));
}

std::string from_gsm(std::string_view septets) {
  std::string text;
  text.reserve(septets.size());
  for (std::size_t i = 0; i < septets.size(); ++i) {
    unsigned const code = static_cast<unsigned char>(septets[i]);
    if (code > 0x7F) {
      append_utf8(text, replacement_character);
    } else if (code != escape) {
      append_utf8(text, alphabet[code]);
    } else if (i + 1 < septets.size()) {
      unsigned const next = static_cast<unsigned char>(septets[++i]);
      append_utf8(text, next > 0x7F ? replacement_character : escaped(next));
    }
  }
  return text;
}

}  // namespace siaga::sms
