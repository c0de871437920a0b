#include "protocols/sms/text/gsm.hpp"

#include <array>
#include <cstdint>
#include <optional>

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

std::optional<std::uint8_t> code_if_there(std::uint8_t code) noexcept {
  return code == absent ? std::nullopt : std::optional(code);
}

// A language without a locking table, such as Spanish, has the default alphabet.
bool has_locking_table(Language language) noexcept {
  return language != Language::none && locking_character(language, '\n') != 0;
}

std::optional<std::uint8_t> main_code(char32_t c, Language locking) noexcept {
  return has_locking_table(locking) ? locking_code(locking, c) : code_if_there(basic_code(c));
}

std::optional<std::uint8_t> escaped_code(char32_t c, Language single) noexcept {
  return single == Language::none ? code_if_there(extension_code(c)) : single_shift_code(single, c);
}

char32_t extended(unsigned code) noexcept {
  for (auto const& extension : extensions)
    if (extension.code == code) return extension.character;
  return 0;
}

char32_t plain(unsigned code, Language locking) noexcept {
  if (code >= alphabet.size()) return replacement_character;
  char32_t const c = has_locking_table(locking) ? locking_character(locking, code) : alphabet[code];
  return c == 0 ? replacement_character : c;
}

char32_t escaped(unsigned code, Shifts const& shifts) noexcept {
  if (code == escape) return U' ';
  char32_t const c = shifts.single == Language::none ? extended(code)
                                                     : single_shift_character(shifts.single, code);
  return c == 0 ? plain(code, shifts.locking) : c;
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

std::optional<std::string> even_gsm(std::string_view text) {
  std::string septets(text.size(), '\0');
  char* to = septets.data();
  while (!text.empty()) {
    auto const octet = static_cast<unsigned char>(text.front());
    std::uint8_t code = codes_of_latin1[octet];
    if (octet < 0x80) {
      text.remove_prefix(1);
    } else {
      code = basic_code(next_character(text));
    }
    if (code == absent) return std::nullopt;
    *to++ = static_cast<char>(code);
  }
  septets.resize(static_cast<std::size_t>(to - septets.data()));
  return septets;
}

void append_gsm(std::string& out, std::u32string_view characters) {
  auto const begin = out.size();
  out.resize(begin + 2 * characters.size());
  char* to = out.data() + begin;
  for (auto const c : characters) {
    auto code = basic_code(c);
    if (code == absent) {
      code = extension_code(c);
      require(code != absent, "a character outside the GSM alphabet was to be written in it");
      *to++ = static_cast<char>(escape);
    }
    *to++ = static_cast<char>(code);
  }
  out.resize(static_cast<std::size_t>(to - out.data()));
}

int gsm_length(char32_t c, Shifts const& shifts) noexcept {
  if (main_code(c, shifts.locking)) return 1;
  return escaped_code(c, shifts.single) ? 2 : 0;
}

void append_gsm(std::string& out, char32_t c, Shifts const& shifts) {
  auto code = main_code(c, shifts.locking);
  if (!code) {
    code = escaped_code(c, shifts.single);
    require(code.has_value(), "a character outside the national tables was to be written in them");
    out.push_back(static_cast<char>(escape));
  }
  out.push_back(static_cast<char>(*code));
}

std::string from_gsm(std::string_view septets, Shifts const& shifts) {
  std::string text;
  text.reserve(septets.size());
  for (std::size_t i = 0; i < septets.size(); ++i) {
    unsigned const code = static_cast<unsigned char>(septets[i]);
    if (code != escape) {
      append_utf8(text, plain(code, shifts.locking));
    } else if (i + 1 < septets.size()) {
      append_utf8(text, escaped(static_cast<unsigned char>(septets[++i]), shifts));
    }
  }
  return text;
}

}  // namespace siaga::sms
