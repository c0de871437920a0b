#include "protocols/cap/reread.hpp"

#include "protocols/cap/formats.hpp"

namespace siaga::cap {
namespace {

Settings without_limits() {
  constexpr std::int64_t plenty = 1 << 26;
  Settings settings;
  settings.bytes_max = plenty;
  settings.depth_max = 64;
  settings.infos_max = plenty;
  settings.areas_max = plenty;
  settings.points_max = plenty;
  settings.expires_required = false;
  return settings;
}

}  // namespace

std::optional<Alert> reread(std::string_view content_type, std::string_view payload) {
  static Formats const formats = make_formats(without_limits());
  for (auto const& format : formats) {
    if (!format->takes(content_type, payload)) continue;
    auto const command = format->decode(payload);
    if (!command) return std::nullopt;
    return alert_of(*command);
  }
  return std::nullopt;
}

}  // namespace siaga::cap
