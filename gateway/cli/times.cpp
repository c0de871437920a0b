#include "gateway/cli/times.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "config/forms.hpp"

namespace siaga::cli {
namespace {

// "2026-11-23 14:30" grows to "2026-11-23T14:30:00".
std::string completed(std::string text) {
  constexpr std::string_view rest = "0000-00-00T00:00:00";
  if (text.size() != 10 && text.size() != 16 && text.size() != 19) return {};
  if (text.size() > 10 && text[10] == ' ') text[10] = 'T';
  return text + std::string(rest.substr(text.size()));
}

std::string offset_text(std::chrono::minutes offset) {
  auto const count = offset.count();
  auto const size = count < 0 ? -count : count;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%c%02d:%02d", count < 0 ? '-' : '+',
                static_cast<int>(size / 60), static_cast<int>(size % 60));
  return text.data();
}

}  // namespace

std::optional<UtcTime> read_time(std::string const& text, UtcTime now, ZoneName const& zone) {
  if (auto const time = parse_rfc3339(text)) return time;
  if (auto const ago = config::parse_duration(text)) return now - *ago;
  auto const whole = completed(text);
  if (whole.empty()) return std::nullopt;
  return parse_rfc3339(whole + offset_text(zone.offset));
}

}  // namespace siaga::cli
