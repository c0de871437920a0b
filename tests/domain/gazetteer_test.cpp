#include "gateway/domain/gazetteer.hpp"

#include "gateway/domain/authorise.hpp"

#include "tests/domain/samples.hpp"
#include "tests/support/catch.hpp"

using namespace siaga;

namespace {

// Two squares side by side, and a district known by its code alone.
Gazetteer const& bontang() {
  static Gazetteer const places({{"64.74.01.1003",
                                  "Lok Tuan",
                                  {"0.10,117.40 0.10,117.45 0.20,117.45 0.20,117.40 0.10,117.40"}},
                                 {"64.74.01.1004",
                                  "Guntung",
                                  {"0.10,117.45 0.10,117.50 0.20,117.50 0.20,117.45 0.10,117.45"}},
                                 {"64.74.02.1001", "Tanjung Laut", {}}});
  return places;
}

Area shaped(std::string polygon, std::string circle = "") {
  Area area;
  if (!polygon.empty()) area.polygons.push_back(std::move(polygon));
  if (!circle.empty()) area.circles.push_back(std::move(circle));
  return area;
}

using Codes = std::vector<std::string>;

bool in_region(Codes const& codes, Area const& area) {
  return Gazetteer::covers(*bontang().region_under(codes), area);
}

}  // namespace

TEST_CASE("a district is known by its code, and so is what contains it", "[domain]") {
  for (std::string const code : {"64.74.01.1003", "64.74.01", "64.74", "64"})
    CHECK(bontang().knows(code));
  for (std::string const code : {"64.74.01.1005", "64.75", "64.74.01.10", ""})
    CHECK_FALSE(bontang().knows(code));
}

TEST_CASE("a shape touches the districts it lies in, wholly or in part", "[domain]") {
  CHECK(bontang().touched_by(shaped("0.12,117.41 0.12,117.42 0.13,117.42 0.12,117.41")) ==
        Codes{"64.74.01.1003"});
  CHECK(bontang().touched_by(shaped("0.12,117.44 0.12,117.46 0.13,117.46 0.12,117.44")) ==
        Codes{"64.74.01.1003", "64.74.01.1004"});
  CHECK(bontang().touched_by(shaped("1,118 1,119 2,119 1,118")).empty());
  CHECK(bontang().touched_by(shaped("", "0.15,117.48 0")) == Codes{"64.74.01.1004"});
  CHECK(bontang().touched_by(shaped("", "0.15,117.44 2")).size() == 2);
}

TEST_CASE("a shape lies within an agency's districts or it does not", "[domain]") {
  auto const across = shaped("0.12,117.44 0.12,117.46 0.13,117.46 0.12,117.44");
  CHECK(in_region({"64.74.01"}, across));
  CHECK_FALSE(in_region({"64.74.01.1003"}, across));
  CHECK_FALSE(in_region({"64.74.02"}, across));
  CHECK_FALSE(in_region({"64.74.01"}, shaped("", "0.15,117.49 5")));
  CHECK(bontang().has_outline_of({"64.74"}));
  CHECK_FALSE(bontang().has_outline_of({"64.74.02"}));
}

TEST_CASE("a shape that crosses itself or cannot be read is nowhere", "[domain]") {
  for (std::string const polygon :
       {"0.12,117.41 0.13,117.42 0.12,117.42 0.13,117.41 0.12,117.41", "0.12,117.41", "x,y"}) {
    CHECK(bontang().touched_by(shaped(polygon)).empty());
    CHECK_FALSE(in_region({"64"}, shaped(polygon)));
  }
}

TEST_CASE("an alert drawn on the map goes to the districts it touches", "[domain]") {
  Grant grant;
  grant.agency = AgencyId("polres");
  grant.areas = {"64.74.01.1003"};
  Grants grants;
  grants.by_agency[grant.agency] = grant;
  grants.places = std::shared_ptr<Gazetteer const>(std::shared_ptr<Gazetteer const>(), &bontang());
  auto const judged = [&](Area area) {
    auto alert = test::sample_alert();
    alert.infos[0].areas = {std::move(area)};
    return authorise(grants, AgencyId("polres"), RaiseAlert{std::move(alert)},
                     test::utc("2026-11-23T14:30:00+08:00"));
  };
  auto const inside = judged(shaped("0.12,117.41 0.12,117.42 0.13,117.42 0.12,117.41"));
  REQUIRE(inside.has_value());
  CHECK(area_codes_of(alert_of(inside->command())) == Codes{"64.74.01.1003"});

  auto const beyond = judged(shaped("0.12,117.44 0.12,117.46 0.13,117.46 0.12,117.44"));
  REQUIRE(beyond.has_error());
  CHECK(beyond.error().reasons[0].rule == "authority.area");
  CHECK(beyond.error().reasons[0].path == "/info/0/area/0/polygon/0");

  auto const nowhere = judged(shaped("1,118 1,119 2,119 1,118"));
  REQUIRE(nowhere.has_error());
  CHECK(nowhere.error().reasons[0].rule == "authority.area-unknown");

  Area unlisted = shaped("");
  unlisted.geocodes.push_back({"KEMENDAGRI", "64.74.01.1099"});
  auto const unknown = judged(std::move(unlisted));
  REQUIRE(unknown.has_error());
  CHECK(unknown.error().reasons[0].rule == "authority.area-unknown");
}
