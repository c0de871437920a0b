#include "protocols/cap/shapes.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "protocols/cap/document.hpp"
#include "protocols/cap/values.hpp"

namespace siaga::cap {
namespace {

struct Point {
  double lat = 0, lon = 0;
  bool operator==(Point const&) const = default;
};

std::optional<Point> parse_point(std::string_view item) {
  auto const comma = item.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  auto const lat = parse_decimal(item.substr(0, comma));
  auto const lon = parse_decimal(item.substr(comma + 1));
  if (!lat || !lon) return std::nullopt;
  return Point{*lat, *lon};
}

bool on_earth(Point p) {
  return std::abs(p.lat) <= 90 && std::abs(p.lon) <= 180;
}

struct Side {
  Point from, to;
  std::size_t number = 0;
  double south() const { return std::min(from.lat, to.lat); }
  double north() const { return std::max(from.lat, to.lat); }
};

double turn(Point a, Point b, Point c) {
  return (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon);
}

bool cross(Side const& a, Side const& b) {
  double const one = turn(a.from, a.to, b.from), two = turn(a.from, a.to, b.to);
  double const three = turn(b.from, b.to, a.from), four = turn(b.from, b.to, a.to);
  return one * two < 0 && three * four < 0;
}

}  // namespace

ShapeJudgement judge_polygon(std::string_view text, std::int64_t points_max) {
  std::string_view first_item, last_item;
  Point first, last;
  std::int64_t count = 0;
  for (auto item = next_item(text); !item.empty(); item = next_item(text)) {
    auto const point = parse_point(item);
    if (!point) return {ShapeFault::form, std::string(item), {}};
    if (!on_earth(*point)) return {ShapeFault::bounds, std::string(item), {}};
    if (count == 0) first = *point, first_item = item;
    last = *point, last_item = item;
    if (++count > points_max) return {ShapeFault::many_points, {}, std::to_string(points_max)};
  }
  if (count < 4) return {ShapeFault::few_points, std::to_string(count), {}};
  if (first != last) return {ShapeFault::open, std::string(last_item), std::string(first_item)};
  return {};
}

ShapeJudgement judge_circle(std::string_view text) {
  auto rest = text;
  auto const item = next_item(rest);
  auto const point = parse_point(item);
  auto const radius = parse_decimal(next_item(rest));
  if (!point || !radius || *radius < 0 || !trimmed(rest).empty())
    return {ShapeFault::form, std::string(text), {}};
  if (!on_earth(*point)) return {ShapeFault::bounds, std::string(item), {}};
  return {};
}

std::string crossing(std::string_view polygon) {
  std::vector<Side> sides;
  std::vector<std::string_view> items;
  std::optional<Point> before;
  for (auto item = next_item(polygon); !item.empty(); item = next_item(polygon)) {
    auto const point = parse_point(item);
    if (!point) return {};
    if (before) sides.push_back({*before, *point, sides.size()});
    before = point;
    items.push_back(item);
  }
  std::ranges::sort(sides, {}, &Side::south);
  for (std::size_t i = 0; i < sides.size(); ++i)
    for (std::size_t j = i + 1; j < sides.size() && sides[j].south() <= sides[i].north(); ++j)
      if (cross(sides[i], sides[j]))
        return std::string(items[std::max(sides[i].number, sides[j].number)]);
  return {};
}

}  // namespace siaga::cap
