#include "gateway/domain/gazetteer.hpp"

#include <algorithm>
#include <boost/geometry.hpp>
#include <boost/geometry/geometries/box.hpp>
#include <boost/geometry/geometries/multi_polygon.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/geometries/polygon.hpp>
#include <charconv>
#include <cmath>
#include <numbers>
#include <optional>

#include "gateway/domain/directory.hpp"

namespace siaga {
namespace {

namespace geometry = boost::geometry;

using Point = geometry::model::d2::point_xy<double>;  // x = longitude, y = latitude
using Polygon = geometry::model::polygon<Point>;
using Box = geometry::model::box<Point>;
using Shape = geometry::model::multi_polygon<Polygon>;

constexpr double km_per_degree = 111.32;
constexpr double point_radius_km = 0.001;  // a circle of radius 0 is a point

std::optional<double> number_in(std::string_view text) {
  double value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Point> point_in(std::string_view text) {
  auto const comma = text.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  auto const latitude = number_in(text.substr(0, comma));
  auto const longitude = number_in(text.substr(comma + 1));
  if (!latitude || !longitude) return std::nullopt;
  return Point(*longitude, *latitude);
}

std::vector<std::string_view> words_of(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  std::vector<std::string_view> words;
  for (auto at = text.find_first_not_of(blanks); at != std::string_view::npos;
       at = text.find_first_not_of(blanks, at)) {
    auto const end = std::min(text.find_first_of(blanks, at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

std::optional<Polygon> polygon_in(std::string_view text) {
  Polygon polygon;
  for (auto const word : words_of(text)) {
    auto const point = point_in(word);
    if (!point) return std::nullopt;
    polygon.outer().push_back(*point);
  }
  geometry::correct(polygon);
  geometry::unique(polygon);
  if (!geometry::is_valid(polygon)) return std::nullopt;  // crosses itself, or has no inside
  return polygon;
}

// A circle on the earth: on the plane of degrees it is wider than high.
struct Round {
  Point centre;
  double up = 0, across = 0;  // degrees

  Box box() const {
    return {Point(centre.x() - across, centre.y() - up),
            Point(centre.x() + across, centre.y() + up)};
  }
  // Whether the line from `a` to `b` comes as near as the radius.
  bool reaches(Point const& a, Point const& b) const {
    double const ax = (a.x() - centre.x()) / across, ay = (a.y() - centre.y()) / up;
    double const dx = (b.x() - a.x()) / across, dy = (b.y() - a.y()) / up;
    double const length = dx * dx + dy * dy;
    double const along = length > 0 ? std::clamp(-(ax * dx + ay * dy) / length, 0.0, 1.0) : 0;
    double const x = ax + along * dx, y = ay + along * dy;
    return x * x + y * y <= 1;
  }
  bool reaches(Polygon::ring_type const& ring) const {
    for (std::size_t i = 1; i < ring.size(); ++i)
      if (reaches(ring[i - 1], ring[i])) return true;
    return false;
  }
  bool reaches_edge_of(Shape const& outline) const {
    return std::ranges::any_of(outline, [this](Polygon const& polygon) {
      return reaches(polygon.outer()) ||
             std::ranges::any_of(polygon.inners(),
                                 [this](auto const& hole) { return reaches(hole); });
    });
  }
};

std::optional<Round> circle_in(std::string_view text) {
  auto const words = words_of(text);
  if (words.size() != 2) return std::nullopt;
  auto const centre = point_in(words[0]);
  auto const radius_km = number_in(words[1]);
  if (!centre || !radius_km) return std::nullopt;
  double const up = std::max(*radius_km, point_radius_km) / km_per_degree;
  double const across = up / std::max(std::cos(centre->y() * std::numbers::pi / 180), 0.01);
  return Round{*centre, up, across};
}

struct Shapes {
  std::vector<Polygon> polygons;
  std::vector<Box> boxes;  // around the polygons
  std::vector<Round> rounds;
};

// Nullopt when one of the shapes cannot be read.
std::optional<Shapes> shapes_of(Area const& area) {
  Shapes shapes;
  for (auto const& text : area.polygons) {
    auto polygon = polygon_in(text);
    if (!polygon) return std::nullopt;
    shapes.boxes.push_back(geometry::return_envelope<Box>(*polygon));
    shapes.polygons.push_back(std::move(*polygon));
  }
  for (auto const& text : area.circles) {
    auto const round = circle_in(text);
    if (!round) return std::nullopt;
    shapes.rounds.push_back(*round);
  }
  return shapes;
}

bool meets(Shapes const& shapes, Shape const& outline, Box const& around) {
  for (std::size_t i = 0; i < shapes.polygons.size(); ++i)
    if (geometry::intersects(shapes.boxes[i], around) &&
        geometry::intersects(shapes.polygons[i], outline))
      return true;
  return std::ranges::any_of(shapes.rounds, [&](Round const& round) {
    return geometry::intersects(round.box(), around) &&
           (geometry::covered_by(round.centre, outline) || round.reaches_edge_of(outline));
  });
}

bool lie_in(Shapes const& shapes, Shape const& outline) {
  auto const within = [&](Polygon const& shape) { return geometry::covered_by(shape, outline); };
  auto const round_within = [&](Round const& round) {
    return geometry::covered_by(round.centre, outline) && !round.reaches_edge_of(outline);
  };
  return std::ranges::all_of(shapes.polygons, within) &&
         std::ranges::all_of(shapes.rounds, round_within);
}

Shape united(std::vector<std::string> const& outline) {
  Shape all;
  for (auto const& text : outline) {
    auto const polygon = polygon_in(text);
    if (!polygon) continue;
    Shape sum;
    geometry::union_(all, *polygon, sum);
    all = std::move(sum);
  }
  return all;
}

bool is_under(std::string const& code, std::vector<std::string> const& codes) {
  return std::ranges::any_of(codes,
                             [&](std::string const& prefix) { return area_covers(prefix, code); });
}

}  // namespace

bool is_outline(std::string_view polygon) {
  auto const words = words_of(polygon);
  return words.size() >= 4 && words.front() == words.back() && polygon_in(polygon).has_value();
}

struct Gazetteer::Outlines {
  std::vector<Shape> of_district;  // in the order of districts_
  std::vector<Box> boxes;          // around them: most shapes are told apart by these
};

struct Gazetteer::Region {
  Shape outline;
};

Gazetteer::Gazetteer(std::vector<District> districts) : districts_(std::move(districts)) {
  auto outlines = std::make_unique<Outlines>();
  for (auto const& district : districts_) {
    outlines->of_district.push_back(united(district.outline));
    outlines->boxes.push_back(geometry::return_envelope<Box>(outlines->of_district.back()));
  }
  outlines_ = std::move(outlines);
}

Gazetteer::~Gazetteer() = default;

bool Gazetteer::knows(std::string_view code) const {
  return std::ranges::any_of(
      districts_, [&](District const& district) { return area_covers(code, district.code); });
}

bool Gazetteer::has_outline_of(std::vector<std::string> const& codes) const {
  for (std::size_t i = 0; i < districts_.size(); ++i)
    if (!outlines_->of_district[i].empty() && is_under(districts_[i].code, codes)) return true;
  return false;
}

std::shared_ptr<Gazetteer::Region const> Gazetteer::region_under(
    std::vector<std::string> const& codes) const {
  auto region = std::make_shared<Region>();
  auto& allowed = region->outline;
  for (std::size_t i = 0; i < districts_.size(); ++i) {
    if (!is_under(districts_[i].code, codes)) continue;
    Shape sum;
    geometry::union_(allowed, outlines_->of_district[i], sum);
    allowed = std::move(sum);
  }
  return region;
}

bool Gazetteer::covers(Region const& region, Area const& area) {
  auto const shapes = shapes_of(area);
  return shapes && lie_in(*shapes, region.outline);
}

std::vector<std::string> Gazetteer::touched_by(Area const& area) const {
  std::vector<std::string> touched;
  auto const shapes = shapes_of(area);
  if (!shapes) return touched;
  for (std::size_t i = 0; i < districts_.size(); ++i) {
    auto const& outline = outlines_->of_district[i];
    if (!outline.empty() && meets(*shapes, outline, outlines_->boxes[i]))
      touched.push_back(districts_[i].code);
  }
  return touched;
}

}  // namespace siaga
