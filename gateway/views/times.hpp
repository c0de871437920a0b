// Times: as people at the gateway read them.
//
// Place:  listings, plan -> TIMES.
// Thread: any; pure.
#pragma once

#include <string>

#include "gateway/domain/message.hpp"

namespace siaga::views {

// "2026-11-23 14:30:05 WITA"
std::string shown(UtcTime time, ZoneName const& zone);
// For a table, whose heading names the zone: "2026-11-23 14:30:05" under "AT (WITA)".
std::string cell_of(UtcTime time, ZoneName const& zone);
std::string heading_of(std::string const& what, ZoneName const& zone);
// "4m 12s"
std::string shown(milliseconds duration);

}  // namespace siaga::views
