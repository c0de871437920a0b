#include "protocols/cap/settings.hpp"

namespace siaga::cap {

Fields const& Settings::fields() {
  static FieldsOf<Settings> const table =
      FieldsOf<Settings>()
          .number("bytes_max", &Settings::bytes_max,
                  "Longest alert message; a wrapped one may be half as long again.")
          .unit("bytes")
          .range(1024, 16777216)
          .number("depth_max", &Settings::depth_max, "Deepest nesting of elements or JSON values.")
          .unit("levels")
          .range(8, 64)
          .number("infos_max", &Settings::infos_max, "Most info blocks in one alert.")
          .unit("blocks")
          .range(1, 1000)
          .number("areas_max", &Settings::areas_max, "Most areas in one alert, over all blocks.")
          .unit("areas")
          .range(1, 100000)
          .number("points_max", &Settings::points_max, "Most points in one polygon.")
          .unit("points")
          .range(4, 1000000)
          .number("reasons_max", &Settings::reasons_max,
                  "Most problems told of one message; the last says when there are more.")
          .unit("problems")
          .range(1, 1000)
          .flag("expires_required", &Settings::expires_required,
                "Refuse an Alert or Update with a block that never expires.")
          .duration("ahead_max", &Settings::ahead_max,
                    "How far in the future `sent` may lie, for clocks that differ.")
          .range(0, 86400000)
          .duration("age_max", &Settings::age_max, "How old `sent` may be on arrival.")
          .range(60000, 31536000000.0);
  return table;
}

}  // namespace siaga::cap
