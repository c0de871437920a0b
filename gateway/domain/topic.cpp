#include "gateway/domain/topic.hpp"

#include <algorithm>

#include "gateway/domain/text.hpp"

namespace siaga {
namespace {

// Takes the first level off; `rest` is empty after the last.
std::string_view next_level(std::string_view& rest) {
  auto const end = std::min(rest.find('/'), rest.size());
  auto const level = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return level;
}

// Brokers may end a connection at these (MQTT 5.0, section 1.5.4).
bool is_unwanted(char32_t c) {
  bool const control = c < 0x20 || (c >= 0x7F && c <= 0x9F);
  bool const no_character = (c & 0xFFFEu) == 0xFFFEu || (c >= 0xFDD0 && c <= 0xFDEF);
  return control || no_character || c == 0xFEFF;
}

bool is_text(std::string_view text) {
  while (!text.empty()) {
    auto const c = first_code_point(text);
    bool const invalid = c.value == 0xFFFD && c.bytes == 1;
    if (invalid || is_unwanted(c.value)) return false;
    text.remove_prefix(c.bytes);
  }
  return true;
}

bool has_bounds(std::string_view topic) {
  bool const empty_level = topic.empty() || topic.starts_with('/') || topic.ends_with('/') ||
                           topic.find("//") != std::string_view::npos;
  auto const levels = static_cast<std::size_t>(std::ranges::count(topic, '/')) + 1;
  return !empty_level && topic.size() <= topic_bytes_max && levels <= topic_levels_max;
}

}  // namespace

bool is_plain_topic(std::string_view topic) {
  return has_bounds(topic) && !topic.starts_with('$') &&
         topic.find_first_of("+#") == std::string_view::npos && is_text(topic);
}

bool is_topic_pattern(std::string_view pattern) {
  if (!has_bounds(pattern) || pattern.starts_with('$') || !is_text(pattern)) return false;
  while (!pattern.empty()) {
    auto const level = next_level(pattern);
    if (level == "#") return pattern.empty();
    if (level != "+" && level.find_first_of("+#") != std::string_view::npos) return false;
  }
  return true;
}

bool fits(std::string_view topic, std::string_view pattern) {
  while (!topic.empty() && !pattern.empty()) {
    auto const wanted = next_level(pattern);
    if (wanted == "#") return true;
    if (wanted != next_level(topic) && wanted != "+") return false;
  }
  return topic.empty() && (pattern.empty() || pattern == "#");
}

}  // namespace siaga
