#include "gateway/domain/text.hpp"

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
constexpr std::array unseen{Span{0x00, 0x1F},     Span{0x7F, 0x9F},     Span{0xAD, 0xAD},
                            Span{0x061C, 0x061C}, Span{0x180E, 0x180E}, Span{0x200B, 0x200B},
                            Span{0x200E, 0x200F}, Span{0x202A, 0x202E}, Span{0x2060, 0x206F},
                            Span{0xFEFF, 0xFEFF}, Span{0xFFF9, 0xFFFB}, Span{0xE0000, 0xE007F}};

template <std::size_t N>
bool within(std::array<Span, N> const& spans, char32_t value) {
  return std::ranges::any_of(spans,
                             [&](Span span) { return span.first <= value && value <= span.last; });
}

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
constexpr char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

std::uint8_t byte_at(std::string_view text, std::size_t i) {
  return static_cast<std::uint8_t>(text[i]);
}

// Nearly every text is: then there is nothing to do.
bool is_clean(std::string_view text) {
  char before = ' ';
  for (char const c : text) {
    if (c < 0x20 || c > 0x7E || (c == ' ' && before == ' ')) return false;
    before = c;
  }
  return text.empty() || before != ' ';
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

std::string clean_text(std::string_view text) {
  if (is_clean(text)) return std::string(text);
  std::string clean;
  clean.reserve(text.size());
  bool gap = false;
  while (!text.empty()) {
    auto const point = first_code_point(text);
    auto const bytes = text.substr(0, point.bytes);
    text.remove_prefix(point.bytes);
    if (within(spaces, point.value)) {
      gap = true;
      continue;
    }
    if (within(unseen, point.value)) continue;
    if (gap && !clean.empty()) clean += ' ';
    gap = false;
    bool const broken = point.value == 0xFFFD && point.bytes == 1;
    if (broken)
      clean += '?';
    else
      clean += bytes;
  }
  return clean;
}

std::string shortened(std::string_view text, std::size_t bytes_max) {
  constexpr std::string_view ellipsis = "...";
  // What is far longer than will be shown need not be read to its end.
  auto clean = clean_text(text.substr(0, 4 * bytes_max + 64));
  if (clean.size() <= bytes_max && text.size() <= 4 * bytes_max + 64) return clean;
  if (bytes_max <= ellipsis.size()) return std::string(ellipsis.substr(0, bytes_max));
  std::size_t keep = std::min(clean.size(), bytes_max - ellipsis.size());
  while (keep > 0 && keep < clean.size() && (byte_at(clean, keep) & 0xC0u) == 0x80u) --keep;
  clean.resize(keep);
  return clean.append(ellipsis);
}

std::string upper_case(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), upper);
  return result;
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), lower);
  return result;
}

bool same_ignoring_case(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, {}, lower, lower);
}

}  // namespace siaga
