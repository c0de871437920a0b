#include "gateway/cli/times.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "config/forms.hpp"

namespace siaga::cli {
namespace {

using std::chrono::floor;

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

std::string shown(UtcTime time, ZoneName const& zone) {
  return cell_of(time, zone) + " " + zone.name;
}

std::string cell_of(UtcTime time, ZoneName const& zone) {
  auto text = to_rfc3339(time, zone.offset).substr(0, 19);
  text[10] = ' ';
  return text;
}

std::string heading_of(std::string const& what, ZoneName const& zone) {
  return what + " (" + zone.name + ")";
}

std::string shown(milliseconds duration) {
  auto const seconds = duration.count() / 1000;
  auto const text = [](std::int64_t count, char const* unit) {
    return std::to_string(count) + unit;
  };
  if (seconds < 1) return text(duration.count(), "ms");
  if (seconds < 60) return text(seconds, "s");
  if (seconds < 3600) return text(seconds / 60, "m ") + text(seconds % 60, "s");
  if (seconds < 86'400) return text(seconds / 3600, "h ") + text(seconds % 3600 / 60, "m");
  return text(seconds / 86'400, "d ") + text(seconds % 86'400 / 3600, "h");
}

std::optional<UtcTime> read_time(std::string const& text, UtcTime now, ZoneName const& zone) {
  if (auto const time = parse_rfc3339(text)) return time;
  if (auto const ago = config::parse_duration(text)) return now - *ago;
  auto const whole = completed(text);
  if (whole.empty()) return std::nullopt;
  return parse_rfc3339(whole + offset_text(zone.offset));
}

}  // namespace siaga::cli
