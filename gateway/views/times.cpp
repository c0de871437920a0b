#include "gateway/views/times.hpp"

namespace siaga::views {

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

}  // namespace siaga::views
