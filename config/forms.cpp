#include "config/forms.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace siaga::config {
namespace {

constexpr std::size_t word_max = 64;
constexpr std::size_t local_part_max = 64, mail_address_max = 254, label_max = 63;
constexpr std::int64_t milliseconds_max = 10LL * 365 * 24 * 3600 * 1000;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_letter(char c) {
  return is_lower(c) || (c >= 'A' && c <= 'Z');
}

bool is_local_part(std::string_view text) {
  if (text.empty() || text.size() > local_part_max) return false;
  if (text.front() == '.' || text.back() == '.' || text.find("..") != text.npos) return false;
  constexpr std::string_view others = ".!#$%&'*+/=?^_`{|}~-";
  return std::ranges::all_of(
      text, [&](char c) { return is_digit(c) || is_letter(c) || others.find(c) != others.npos; });
}

bool is_label(std::string_view text) {
  if (text.empty() || text.size() > label_max || text.front() == '-' || text.back() == '-')
    return false;
  return std::ranges::all_of(text, [](char c) { return is_digit(c) || is_letter(c) || c == '-'; });
}

bool is_host_name(std::string_view text) {
  while (true) {
    auto const dot = text.find('.');
    if (!is_label(text.substr(0, dot))) return false;
    if (dot == text.npos) return true;
    text.remove_prefix(dot + 1);
  }
}

}  // namespace

bool is_word(std::string_view text) {
  if (text.empty() || text.size() > word_max) return false;
  if (!is_lower(text.front()) && !is_digit(text.front())) return false;
  return std::ranges::all_of(
      text, [](char c) { return is_lower(c) || is_digit(c) || c == '-' || c == '_'; });
}

bool is_phone(std::string_view text) {
  if (text.size() < 9 || text.size() > 16 || text[0] != '+' || text[1] == '0') return false;
  return std::ranges::all_of(text.substr(1), is_digit);
}

bool is_mail_address(std::string_view text) {
  auto const at = text.find('@');
  if (at == text.npos || text.size() > mail_address_max) return false;
  return is_local_part(text.substr(0, at)) && is_host_name(text.substr(at + 1));
}

bool is_area_code(std::string_view text) {
  constexpr std::array<std::size_t, 4> sizes = {2, 2, 2, 4};
  for (std::size_t const size : sizes) {
    auto const part = text.substr(0, text.find('.'));
    if (part.size() != size || !std::ranges::all_of(part, is_digit)) return false;
    if (part.size() == text.size()) return true;
    text.remove_prefix(part.size() + 1);
  }
  return false;
}

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
  std::int64_t count = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc() || count < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  struct Unit {
    std::string_view word;
    std::int64_t milliseconds;
  };
  constexpr std::array<Unit, 5> units = {
      {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};
  auto const unit = std::ranges::find(units, text, &Unit::word);
  if (unit == units.end() || count > milliseconds_max / unit->milliseconds) return std::nullopt;
  return std::chrono::milliseconds(count * unit->milliseconds);
}

}  // namespace siaga::config
