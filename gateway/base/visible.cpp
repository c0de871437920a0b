#include "gateway/base/visible.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace siaga {
namespace {

struct Span {
  char32_t first;
  char32_t last;
};

// Each list in ascending order.
constexpr std::array spaces{Span{0x09, 0x0D},     Span{0x20, 0x20},     Span{0x85, 0x85},
                            Span{0xA0, 0xA0},     Span{0x1680, 0x1680}, Span{0x2000, 0x200A},
                            Span{0x2028, 0x2029}, Span{0x202F, 0x202F}, Span{0x205F, 0x205F},
                            Span{0x3000, 0x3000}};
constexpr std::array unseen{Span{0x00, 0x08},       Span{0x0E, 0x1F},      Span{0x7F, 0x84},
                            Span{0x86, 0x9F},       Span{0xAD, 0xAD},      Span{0x061C, 0x061C},
                            Span{0x115F, 0x1160},   Span{0x180B, 0x180F},  Span{0x200B, 0x200F},
                            Span{0x202A, 0x202E},   Span{0x2060, 0x206F},  Span{0x3164, 0x3164},
                            Span{0xFEFF, 0xFEFF},   Span{0xFFA0, 0xFFA0},  Span{0xFFF0, 0xFFFB},
                            Span{0x1D173, 0x1D17A}, Span{0xE0000, 0xE0FFF}};

template <std::size_t N>
bool within(std::array<Span, N> const& spans, char32_t value) {
  return std::ranges::any_of(spans,
                             [&](Span span) { return span.first <= value && value <= span.last; });
}

std::uint8_t byte_at(std::string_view text, std::size_t i) {
  return static_cast<std::uint8_t>(text[i]);
}

void append_hex(std::string& to, std::uint32_t value, int digits) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) to += hex[(value >> shift) & 0xFu];
}

// In XML 1.0, section 4.1.
void write_out_for_xml(std::string& to, char32_t value) {
  to += "&#x";
  append_hex(to, static_cast<std::uint32_t>(value), value < 0x10000 ? 4 : 6);
  to += ';';
}

// In UTF-16, as JSON has it (RFC 8259, section 7).
void write_out(std::string& to, char32_t value) {
  auto const unit = [&](std::uint32_t half) {
    to += "\\u";
    append_hex(to, half, 4);
  };
  if (value < 0x10000) return unit(static_cast<std::uint32_t>(value));
  auto const rest = static_cast<std::uint32_t>(value - 0x10000);
  unit(0xD800u + (rest >> 10));
  unit(0xDC00u + (rest & 0x3FFu));
}

enum class Form { line, lines, xml };

bool is_harmless(char c, Form form) {
  return (c >= 0x20 && c <= 0x7E) || (c == '\n' && form != Form::line);
}

// A space of another width may stay where nobody counts columns; a line end of Unicode's may not.
bool stays(char32_t value, Form form) {
  if (!is_white_space(value)) return !is_unseen(value);
  return form != Form::line && value >= 0xA0 && value != 0x2028 && value != 0x2029;
}

std::string visible_as(std::string_view text, Form form) {
  auto const harmless = [form](char c) { return is_harmless(c, form); };
  if (std::ranges::all_of(text, harmless)) return std::string(text);  // nearly every text is
  std::string safe;
  safe.reserve(text.size() + 16);
  while (!text.empty()) {
    auto const point = first_code_point(text);
    auto const bytes = text.substr(0, point.bytes);
    text.remove_prefix(point.bytes);
    if (point.is_broken() && form == Form::line) {
      safe += "\\x";
      append_hex(safe, byte_at(bytes, 0), 2);
    } else if (!point.is_broken() &&
               ((point.bytes == 1 && harmless(bytes.front())) || stays(point.value, form))) {
      safe += bytes;
    } else if (form == Form::xml) {
      write_out_for_xml(safe, point.value);
    } else if (is_white_space(point.value) && (form == Form::line || point.bytes == 1)) {
      safe += ' ';
    } else {
      write_out(safe, point.value);
    }
  }
  return safe;
}

}  // namespace

CodePoint first_code_point(std::string_view text) {
  auto const lead = byte_at(text, 0);
  if (lead < 0x80) return {lead, 1};
  std::size_t const bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return {};
  char32_t value = lead & (0xFFu >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    auto const next = byte_at(text, i);
    if ((next & 0xC0u) != 0x80u) return {};
    value = (value << 6) | (next & 0x3Fu);
  }
  constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  bool const surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < least[bytes] || value > 0x10FFFF || surrogate) return {};
  return {value, bytes};
}

bool is_white_space(char32_t character) {
  return within(spaces, character);
}

bool is_unseen(char32_t character) {
  return within(unseen, character);
}

std::string visible(std::string_view text) {
  return visible_as(text, Form::line);
}

std::string visible_lines(std::string_view text) {
  return visible_as(text, Form::lines);
}

std::string visible_xml(std::string_view text) {
  return visible_as(text, Form::xml);
}

}  // namespace siaga
