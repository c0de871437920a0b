// shapes: polygons and circles as CAP writes them. Pure; one pass, nothing kept.
//
// Place:  understand -> SHAPES; lint also asks whether a polygon crosses itself.
// Thread: any.
// Units:  decimal degrees WGS 84, latitude first; radius in kilometres.
// See:    CAP-v1.2 sections 3.2.4 and 3.3.1.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace siaga::cap {

enum class ShapeFault { none, form, bounds, few_points, many_points, open };

struct ShapeJudgement {
  ShapeFault fault = ShapeFault::none;
  std::string value;  // the item at fault, or how many points there are
  std::string right;  // for `open`: the first point
};

ShapeJudgement judge_polygon(std::string_view text, std::int64_t points_max);
ShapeJudgement judge_circle(std::string_view text);

// The first point of a side that crosses another, "" when none does. For a polygon that judges
// well.
std::string crossing(std::string_view polygon);

}  // namespace siaga::cap
