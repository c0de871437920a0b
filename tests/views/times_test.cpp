#include "gateway/views/times.hpp"

#include "tests/support/catch.hpp"

using namespace siaga;
using namespace siaga::views;
using namespace std::chrono_literals;

// 2026-11-23T14:30:00+08:00
constexpr UtcTime half_past_two{milliseconds{1'795'415'400'000}};

TEST_CASE("times are shown in the gateway's zone", "[views]") {
  CHECK(shown(half_past_two, ZoneName{}) == "2026-11-23 14:30:00 WITA");
  CHECK(shown(half_past_two, ZoneName{9h, "WIT"}) == "2026-11-23 15:30:00 WIT");
}

TEST_CASE("a delay is shown in its two largest units", "[views]") {
  CHECK(shown(250ms) == "250ms");
  CHECK(shown(42'900ms) == "42s");
  CHECK(shown(milliseconds(4min + 12s)) == "4m 12s");
  CHECK(shown(milliseconds(3h + 5min)) == "3h 5m");
  CHECK(shown(milliseconds(49h)) == "2d 1h");
}
