// Zone: a time zone's name in the configuration, as the offset and letters people see: +08:00 WITA.
//
// Place:  loader -> ZONE -> Settings::zone. Reads the system's tzdata.
// Thread: one load, one thread.
// Errors: not_found (with the nearest names), unavailable (no tzdata installed).
#pragma once

#include <string>

#include "gateway/base/result.hpp"
#include "gateway/domain/message.hpp"

namespace siaga::config {

struct Zone {
  ZoneName name;
  bool keeps_summer_time = false;  // then the offset is the winter one
};

// The rule in force, taken from how tzdata carries it into the future: no clock is read.
[[nodiscard]] Result<Zone> find_zone(std::string const& name);

}  // namespace siaga::config
