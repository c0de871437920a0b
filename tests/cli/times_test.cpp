#include "gateway/cli/times.hpp"

#include "tests/cli/session.hpp"
#include "tests/support/catch.hpp"

using namespace siaga;
using namespace siaga::cli;
using namespace siaga::cli::test;
using namespace std::chrono_literals;

TEST_CASE("a time is read with offset, in the zone, or as how long ago", "[cli]") {
  auto const read = [](char const* text) { return read_time(text, half_past_two, ZoneName{}); };
  CHECK(read("2026-11-23T14:30:00+08:00") == half_past_two);
  CHECK(read("2026-11-23T06:30:00Z") == half_past_two);
  CHECK(read("2026-11-23 14:30") == half_past_two);
  CHECK(read("2026-11-23T14:30:00") == half_past_two);
  CHECK(read("2026-11-23") == half_past_two - 14h - 30min);
  CHECK(read("2h") == half_past_two - 2h);
  for (auto const* wrong : {"", "yesterday", "2026-13-01", "2026-11-23 25:00", "14:30"}) {
    INFO(wrong);
    CHECK_FALSE(read(wrong).has_value());
  }
}
