#include "config/zone.hpp"

#include <date/tz.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "config/nearest.hpp"

namespace siaga::config {
namespace {

constexpr char const* tzdata_folder = "/usr/share/zoneinfo";

date::time_zone const* located(std::string const& name) {
  try {
    return date::locate_zone(name);
  } catch (std::runtime_error const&) {
    return nullptr;  // the library's only way of saying no
  }
}

std::vector<std::string> zone_names() {
  std::vector<std::string> names;
  for (auto const& zone : date::get_tzdb().zones) names.push_back(zone.name());
  return names;
}

// Names people write for Indonesia's zones, and what the database calls them.
std::string indonesian(std::string const& name) {
  if (name == "WIB") return "Asia/Jakarta";
  if (name == "WITA") return "Asia/Makassar";
  if (name == "WIT") return "Asia/Jayapura";
  return {};
}

}  // namespace

Result<Zone> find_zone(std::string const& name) {
  if (!std::filesystem::is_directory(tzdata_folder))
    return Error(Errc::unavailable, std::string("no time zones are installed (") + tzdata_folder +
                                        " is missing): install the package tzdata");
  if (auto const meant = indonesian(name); !meant.empty())
    return Error(Errc::not_found, "did you mean '" + meant + "'?");
  auto const* zone = located(name);
  if (zone == nullptr) {
    auto const meant = nearest(name, zone_names());
    return Error(Errc::not_found, meant.empty() ? "write a name such as 'Asia/Makassar'"
                                                : "did you mean '" + meant + "'?");
  }
  using namespace date::literals;
  auto const january = zone->get_info(date::sys_days(2037_y / 1 / 1));
  auto const july = zone->get_info(date::sys_days(2037_y / 7 / 1));
  auto const& winter = january.save == std::chrono::minutes(0) ? january : july;
  Zone found;
  found.name.offset = std::chrono::duration_cast<std::chrono::minutes>(winter.offset);
  found.name.name = winter.abbrev;
  found.keeps_summer_time = january.offset != july.offset;
  return found;
}

}  // namespace siaga::config
