// Settings of the CAP reader: how much it takes and how strict the gateway's own policy is.
//
// Place:  section [cap] of the configuration -> the formats and check_freshness.
// Thread: read-only after start.
// Units:  bytes of one message, levels of nesting, blocks, points of one polygon.
#pragma once

#include "gateway/base/fields.hpp"

namespace siaga::cap {

inline constexpr std::string_view section_name = "cap";
inline constexpr std::string_view section_sentence =
    "What an alert message may be: limits, and the gateway's own rules beyond CAP 1.2.";

struct Settings {
  std::int64_t bytes_max = 256 * 1024;
  std::int64_t depth_max = 16;
  std::int64_t infos_max = 64;
  std::int64_t areas_max = 2000;
  std::int64_t points_max = 10000;
  std::int64_t reasons_max = 50;
  bool expires_required = true;
  std::chrono::milliseconds ahead_max = std::chrono::minutes(10);
  std::chrono::milliseconds age_max = std::chrono::hours(24);

  static Fields const& fields();
};

// Of a message in any form: the wrapper's base64 is half as long again.
inline std::int64_t received_bytes_max(Settings const& settings) {
  return settings.bytes_max / 2 * 3;
}

}  // namespace siaga::cap
