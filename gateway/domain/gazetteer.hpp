// Gazetteer: the districts the gateway knows, by Kemendagri code, and where they lie.
//
// Place:  configuration ([[area]] of a directory file) -> GAZETTEER -> authorise.
// Thread: immutable once built.
// Units:  shapes are CAP's text, "lat,lon lat,lon ..." and "lat,lon radius_km", WGS 84 degrees.
//         Within one city a degree counts as a plane: no district near a pole or the date line.
// Errors: a shape that cannot be read touches nothing and lies in nothing (cap refuses it before).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/domain/alert.hpp"

namespace siaga {

struct District {
  std::string code, name;
  std::vector<std::string> outline;  // polygons; none = it is known by its code alone
};

// Whether a polygon can be an outline: readable, closed, four points or more, not crossing itself.
bool is_outline(std::string_view polygon);

class Gazetteer {
 public:
  explicit Gazetteer(std::vector<District> districts);
  ~Gazetteer();

  std::vector<District> const& districts() const noexcept { return districts_; }
  // Whether a code names a district listed here, or one that contains such.
  bool knows(std::string_view code) const;
  // Whether any district under one of these codes has an outline, so that covers() can tell.
  bool has_outline_of(std::vector<std::string> const& codes) const;
  // The outlines of the districts under these codes as one: made once for a message, not for each
  // of its areas.
  struct Region;
  std::shared_ptr<Region const> region_under(std::vector<std::string> const& codes) const;
  // Whether all shapes of the area lie within it.
  static bool covers(Region const& region, Area const& area);
  // Codes of the districts with an outline that a shape of the area touches.
  std::vector<std::string> touched_by(Area const& area) const;

 private:
  struct Outlines;
  std::vector<District> districts_;
  std::unique_ptr<Outlines const> outlines_;
};

}  // namespace siaga
