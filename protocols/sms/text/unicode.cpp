#include "protocols/sms/text/unicode.hpp"

#include "gateway/domain/text.hpp"

namespace siaga::sms {
namespace {

unsigned octet(std::string_view text, std::size_t at) noexcept {
  return static_cast<unsigned char>(text[at]);
}

bool is_surrogate(char32_t c) noexcept {
  return c >= 0xD800 && c <= 0xDFFF;
}

char32_t high_surrogate(char32_t c) noexcept {
  return 0xD800 | ((c - 0x10000) >> 10);
}

char32_t low_surrogate(char32_t c) noexcept {
  return 0xDC00 | ((c - 0x10000) & 0x3FF);
}

void push(std::string& out, char32_t byte) {
  out.push_back(static_cast<char>(static_cast<unsigned char>(byte)));
}

void push_unit(std::string& out, char32_t unit) {
  push(out, unit >> 8);
  push(out, unit & 0xFF);
}

}  // namespace

char32_t next_character(std::string_view& text) {
  auto const first = first_code_point(text);
  text.remove_prefix(first.bytes);
  return first.value;
}

std::u32string characters_of(std::string_view text) {
  std::u32string characters(text.size(), U'\0');
  std::size_t count = 0;
  while (!text.empty()) {
    auto const first = octet(text, 0);
    if (first < 0x80) {
      characters[count++] = first;
      text.remove_prefix(1);
    } else {
      characters[count++] = next_character(text);
    }
  }
  characters.resize(count);
  return characters;
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    push(out, c);
  } else if (c < 0x800) {
    push(out, 0xC0 | (c >> 6));
    push(out, 0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    push(out, 0xE0 | (c >> 12));
    push(out, 0x80 | ((c >> 6) & 0x3F));
    push(out, 0x80 | (c & 0x3F));
  } else {
    push(out, 0xF0 | (c >> 18));
    push(out, 0x80 | ((c >> 12) & 0x3F));
    push(out, 0x80 | ((c >> 6) & 0x3F));
    push(out, 0x80 | (c & 0x3F));
  }
}

void append_utf16be(std::string& out, char32_t c) {
  if (c >= 0x10000) push_unit(out, high_surrogate(c));
  push_unit(out, c < 0x10000 ? c : low_surrogate(c));
}

void append_utf16be(std::string& out, std::u32string_view characters) {
  auto const begin = out.size();
  out.resize(begin + 4 * characters.size());
  char* to = out.data() + begin;
  auto const write_unit = [&to](char32_t unit) {
    *to++ = static_cast<char>(static_cast<unsigned char>(unit >> 8));
    *to++ = static_cast<char>(static_cast<unsigned char>(unit & 0xFF));
  };
  for (auto const c : characters) {
    if (c >= 0x10000) write_unit(high_surrogate(c));
    write_unit(c < 0x10000 ? c : low_surrogate(c));
  }
  out.resize(static_cast<std::size_t>(to - out.data()));
}

std::string from_utf16be(std::string_view octets) {
  std::string text;
  std::size_t at = 0;
  auto const unit = [&](std::size_t i) -> char32_t {
    return (octet(octets, i) << 8) | octet(octets, i + 1);
  };
  while (at + 1 < octets.size()) {
    char32_t c = unit(at);
    at += 2;
    if (c >= 0xD800 && c < 0xDC00 && at + 1 < octets.size() && (unit(at) & 0xFC00) == 0xDC00) {
      c = 0x10000 + ((c & 0x3FF) << 10) + (unit(at) & 0x3FF);
      at += 2;
    }
    append_utf8(text, is_surrogate(c) ? replacement_character : c);
  }
  if (at < octets.size()) append_utf8(text, replacement_character);
  return text;
}

std::string from_latin1(std::string_view octets) {
  std::string text;
  for (char const c : octets) append_utf8(text, static_cast<unsigned char>(c));
  return text;
}

}  // namespace siaga::sms
