#include "gateway/domain/time.hpp"

#include "tests/support/catch.hpp"

using namespace siaga;
using std::chrono::minutes;

namespace {

UtcTime at(std::int64_t count) {
  return UtcTime(milliseconds(count));
}

}  // namespace

TEST_CASE("an instant is written in the offset it is asked for", "[domain]") {
  auto const time = at(1'795'415'400'000);
  CHECK(to_rfc3339(time, minutes(480)) == "2026-11-23T14:30:00+08:00");
  CHECK(to_rfc3339(time, minutes(0)) == "2026-11-23T06:30:00+00:00");
  CHECK(to_rfc3339(time, minutes(-570)) == "2026-11-22T21:00:00-09:30");
  CHECK(to_rfc3339(time + milliseconds(999), minutes(0)) == "2026-11-23T06:30:00+00:00");
  CHECK(to_rfc3339(at(-1), minutes(0)) == "1969-12-31T23:59:59+00:00");
}

TEST_CASE("a time with Z, an offset or a fraction is read as the same instant", "[domain]") {
  auto const time = at(1'795'415'400'000);
  CHECK(parse_rfc3339("2026-11-23T14:30:00+08:00") == time);
  CHECK(parse_rfc3339("2026-11-23T06:30:00Z") == time);
  CHECK(parse_rfc3339("2026-11-23t06:30:00z") == time);
  CHECK(parse_rfc3339("2026-11-22 21:00:00-09:30") == time);
  CHECK(parse_rfc3339("2026-11-23T06:30:00-00:00") == time);
  CHECK(parse_rfc3339("2026-11-23T06:30:00.25Z") == time + milliseconds(250));
  CHECK(parse_rfc3339("2026-11-23T06:30:00.123456789Z") == time + milliseconds(123));
}

TEST_CASE("a time that no calendar has is refused", "[domain]") {
  auto const text =
      GENERATE("", "2026-11-23", "2026-11-23T14:30:00", "2026-11-23T14:30+08:00",
               "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
               "2026-04-31T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T14:60:00Z",
               "2026-11-23T14:30:61Z", "2026-11-23T14:30:00+24:00", "2026-11-23T14:30:00+08:60",
               "2026-11-23T14:30:00+0800", "2026-11-23T14:30:00.Z", "2026-11-23T14:30:00Z ",
               "-026-11-23T14:30:00Z", "2026-1a-23T14:30:00Z", "26-11-23T14:30:00Z");
  CAPTURE(text);
  CHECK_FALSE(parse_rfc3339(text).has_value());
}

TEST_CASE("the 29th of February exists in leap years", "[domain]") {
  CHECK(parse_rfc3339("2028-02-29T00:00:00Z").has_value());
  CHECK_FALSE(parse_rfc3339("2100-02-29T00:00:00Z").has_value());
}

TEST_CASE("writing and reading a time gives it back", "[domain]") {
  auto const time =
      at(GENERATE(std::int64_t{0}, 951'782'399'000, 1'709'164'800'000, 4'102'444'799'000));
  auto const offset = minutes(GENERATE(-720, 0, 480, 845));
  CHECK(parse_rfc3339(to_rfc3339(time, offset)) == time);
}

TEST_CASE("a duration is written in the largest unit that fits exactly", "[domain]") {
  using namespace std::chrono_literals;
  CHECK(to_text(5min) == "5m");
  CHECK(to_text(30s) == "30s");
  CHECK(to_text(90s) == "90s");
  CHECK(to_text(250ms) == "250ms");
  CHECK(to_text(2h) == "2h");
  CHECK(to_text(24h) == "1d");
  CHECK(to_text(1500ms) == "1500ms");
  CHECK(to_text(0ms) == "0s");
}
