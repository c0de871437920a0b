// Times: as people at the gateway write them.
//
// Place:  options of the command line -> TIMES.
// Thread: any; pure.
#pragma once

#include <optional>
#include <string>

#include "gateway/domain/message.hpp"

namespace siaga::cli {

// RFC 3339; "2026-11-23", "2026-11-23 14:30" or "2026-11-23T14:30:05" in the gateway's zone; or how
// long ago: "2h".
std::optional<UtcTime> read_time(std::string const& text, UtcTime now, ZoneName const& zone);
inline constexpr char const* time_forms =
    "write 2026-11-23T14:30:00+08:00, \"2026-11-23 14:30\", 2026-11-23, or how long ago: 2h";

}  // namespace siaga::cli
