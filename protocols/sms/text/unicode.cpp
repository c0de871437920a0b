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
  if (c < 0x10000) return push_unit(out, c);
  push_unit(out, 0xD800 | ((c - 0x10000) >> 10));
  push_unit(out, 0xDC00 | ((c - 0x10000) & 0x3FF));
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
