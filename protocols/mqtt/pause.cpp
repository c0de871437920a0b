#include "protocols/mqtt/pause.hpp"

#include <algorithm>

namespace siaga::mqtt {

Settings::Duration pause_after(int failures, Settings const& settings, double spread) {
  auto pause = settings.reconnect_min;
  for (int i = 1; i < failures && pause < settings.reconnect_max; ++i) pause *= 2;
  pause = std::min(pause, settings.reconnect_max);
  auto const off = static_cast<double>(pause.count()) * spread / 2;
  return pause - Settings::Duration(static_cast<Settings::Duration::rep>(off));
}

}  // namespace siaga::mqtt
