#include "config/zone.hpp"

#include "tests/config/written.hpp"
#include "tests/support/catch.hpp"

using namespace siaga::config;
using namespace std::chrono_literals;

TEST_CASE("Indonesia's three zones have their letters and offsets", "[config]") {
  struct Expected {
    char const *zone, *letters;
    std::chrono::minutes offset;
  };
  for (auto const& [zone, letters, offset] :
       {Expected{"Asia/Jakarta", "WIB", 7h}, Expected{"Asia/Makassar", "WITA", 8h},
        Expected{"Asia/Jayapura", "WIT", 9h}}) {
    auto const found = find_zone(zone);
    REQUIRE(found.has_value());
    CHECK(found->name.name == letters);
    CHECK(found->name.offset == offset);
    CHECK_FALSE(found->keeps_summer_time);
  }
}

TEST_CASE("a zone with summer time says so and gives its winter offset", "[config]") {
  auto const found = find_zone("Europe/Zurich");
  REQUIRE(found.has_value());
  CHECK(found->keeps_summer_time);
  CHECK(found->name.offset == 1h);
}

TEST_CASE("an unknown zone suggests the nearest", "[config]") {
  CHECK(find_zone("Asia/Makasar").error().detail == "did you mean 'Asia/Makassar'?");
  CHECK(find_zone("WITA").error().detail == "did you mean 'Asia/Makassar'?");
  for (auto const* wrong : {"", "../../etc/passwd", "Nowhere/At/All/Whatsoever", "/etc/passwd"})
    CHECK_FALSE(find_zone(wrong).has_value());
}

TEST_CASE("an unknown zone is reported where it is written", "[config]") {
  using namespace siaga::config::test;
  auto const main =
      with(good_main, "name = \"bontang\"", "name = \"bontang\"\ntime_zone = \"Asia/Makasar\"");
  CHECK(problems_of(main, good_directory) ==
        "siaga.toml:3:13: [gateway] time_zone 'Asia/Makasar' is not to be had: did you mean "
        "'Asia/Makassar'?\n");
}
