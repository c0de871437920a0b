// Times: as people at the gateway read and write them.
//
// Place:  plan, queries, rendering. Pure.
// Thread: any.
#pragma once

#include <optional>
#include <string>

#include "gateway/domain/message.hpp"

namespace siaga::cli {

// "2026-11-23 14:30:05 WITA"
std::string shown(UtcTime time, ZoneName const& zone);
// For a table, whose heading names the zone: "2026-11-23 14:30:05" under "AT (WITA)".
std::string cell_of(UtcTime time, ZoneName const& zone);
std::string heading_of(std::string const& what, ZoneName const& zone);
// "4m 12s"
std::string shown(milliseconds duration);

// RFC 3339; "2026-11-23", "2026-11-23 14:30" or "2026-11-23T14:30:05" in the gateway's zone; or how
// long ago: "2h".
std::optional<UtcTime> read_time(std::string const& text, UtcTime now, ZoneName const& zone);
inline constexpr char const* time_forms =
    "write 2026-11-23T14:30:00+08:00, \"2026-11-23 14:30\", 2026-11-23, or how long ago: 2h";

}  // namespace siaga::cli
