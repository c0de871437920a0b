#include "gateway/domain/text.hpp"

#include <algorithm>
#include <cstdint>

namespace siaga {
namespace {

// What a message leaves out. Two letters' joiners belong to scripts and emoji: they stay.
bool is_left_out(char32_t value) {
  return is_unseen(value) && value != 0x200C && value != 0x200D;
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

std::string clean_text(std::string_view text) {
  if (is_clean(text)) return std::string(text);
  std::string clean;
  clean.reserve(text.size());
  bool gap = false;
  while (!text.empty()) {
    auto const point = first_code_point(text);
    auto const bytes = text.substr(0, point.bytes);
    text.remove_prefix(point.bytes);
    if (is_white_space(point.value)) {
      gap = true;
      continue;
    }
    if (is_left_out(point.value)) continue;
    if (gap && !clean.empty()) clean += ' ';
    gap = false;
    if (point.is_broken())
      clean += '?';
    else
      clean += bytes;
  }
  return clean;
}

std::string clean_paragraphs(std::string_view text) {
  constexpr std::string_view gap = "\n\n";
  std::string clean;
  for (;;) {
    auto const end = text.find(gap);
    clean += clean_text(text.substr(0, end));
    if (end == text.npos) return clean;
    clean += gap;
    text.remove_prefix(end + gap.size());
  }
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
