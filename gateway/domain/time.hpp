// Time: UTC instants for what people agreed on, steady instants for what we count ourselves.
//
// Place:  everywhere; only ports/clock.hpp makes a "now".
// Units:  milliseconds since the Unix epoch, both. SteadyTime equals UTC at process start and then
//         advances with the steady clock, so it never jumps when the wall clock is set, and can be
//         stored and compared after a restart.
// Rule:   expiry and CAP times are UtcTime; steps, retries and leases are SteadyTime.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace siaga {

using std::chrono::milliseconds;
using UtcTime = std::chrono::sys_time<milliseconds>;

struct SteadyScale {
  using rep = std::int64_t;
  using period = std::milli;
  using duration = milliseconds;
  using time_point = std::chrono::time_point<SteadyScale>;
  static constexpr bool is_steady = true;
};
using SteadyTime = SteadyScale::time_point;

// RFC 3339 with offset, to the second: "2026-11-23T14:30:00+08:00".
std::string to_rfc3339(UtcTime time, std::chrono::minutes offset);
// Takes 'Z' or an offset, a fraction or none. For our own files and --since; CAP is stricter.
std::optional<UtcTime> parse_rfc3339(std::string_view text);
// "5m", "30s", "250ms", "2h", "1d"
std::string to_text(milliseconds duration);

}  // namespace siaga
