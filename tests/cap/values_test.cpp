#include "protocols/cap/values.hpp"

#include "protocols/cap/shapes.hpp"
#include "tests/support/catch.hpp"

namespace siaga::cap::test {

TEST_CASE("a CAP time is the instant its offset says", "[cap]") {
  UtcTime wita, utc, west;
  REQUIRE(parse_time("2026-11-23T14:30:00+08:00", wita) == TimeFault::none);
  REQUIRE(parse_time("2026-11-23T06:30:00-00:00", utc) == TimeFault::none);
  REQUIRE(parse_time("2026-11-23T01:00:00-05:30", west) == TimeFault::none);
  CHECK(wita == utc);
  CHECK(west == utc);
  CHECK(utc.time_since_epoch() == std::chrono::seconds(1795415400));
}

TEST_CASE("midnight may be written as 24 o'clock of the day before", "[cap]") {
  UtcTime late, early;
  REQUIRE(parse_time("2026-12-31T24:00:00+08:00", late) == TimeFault::none);
  REQUIRE(parse_time("2027-01-01T00:00:00+08:00", early) == TimeFault::none);
  CHECK(late == early);
}

TEST_CASE("what is wrong with a time is told apart", "[cap]") {
  UtcTime time;
  CHECK(parse_time("2026-11-23T14:30:00Z", time) == TimeFault::offset);
  CHECK(parse_time("2026-11-23T14:30:00", time) == TimeFault::offset);
  CHECK(parse_time("2026-11-23T14:30:00.250+08:00", time) == TimeFault::fraction);
  CHECK(parse_time("2026-11-23T14:30:00+8:00", time) == TimeFault::form);
  CHECK(parse_time("2026-11-23T14:30:00+08:00 ", time) == TimeFault::form);
  CHECK(parse_time("2026-11-23", time) == TimeFault::form);
  CHECK(parse_time("", time) == TimeFault::form);
  CHECK(parse_time("2100-02-29T00:00:00+08:00", time) == TimeFault::calendar);
  CHECK(parse_time("0000-01-01T00:00:00+08:00", time) == TimeFault::calendar);
  CHECK(parse_time("2026-11-23T14:30:60+08:00", time) == TimeFault::calendar);
}

TEST_CASE("a time is written with the zone's offset, and UTC as minus zero", "[cap]") {
  UtcTime const time{std::chrono::seconds(1795415400)};
  CHECK(cap_time(time, std::chrono::hours(8)).text == "2026-11-23T14:30:00+08:00");
  CHECK(cap_time(time, std::chrono::minutes(0)).text == "2026-11-23T06:30:00-00:00");
  CHECK(cap_time(time, std::chrono::minutes(-210)).text == "2026-11-23T03:00:00-03:30");
}

TEST_CASE("lists keep names with spaces whole", "[cap]") {
  auto const names = parse_names(" satu  \"dua kata\"\n\"tiga\" ");
  REQUIRE(names);
  CHECK(*names == std::vector<std::string>{"satu", "dua kata", "tiga"});
  CHECK(names_text(*names) == "satu \"dua kata\" tiga");
  CHECK(parse_names("")->empty());
  CHECK(!parse_names("\"a\"\"b\""));
}

TEST_CASE("the first bad reference of a list is named", "[cap]") {
  std::string_view culprit;
  CHECK(!parse_references("a,b,2026-11-23T14:30:00+08:00 c,d,kemarin e", culprit));
  CHECK(culprit == "c,d,kemarin");
}

TEST_CASE("URIs are absolute, relative or none", "[cap]") {
  CHECK(uri_kind("https://bpbd.example/a?b=c#d") == UriKind::absolute);
  CHECK(uri_kind("mailto:piket@polres.example") == UriKind::absolute);
  CHECK(uri_kind("urn:oid:2.49.0.0.360") == UriKind::absolute);
  CHECK(uri_kind("denah.png") == UriKind::relative);
  CHECK(uri_kind("//bpbd.example/a") == UriKind::relative);
  CHECK(uri_kind("https://") == UriKind::none);
  CHECK(uri_kind("https:///a") == UriKind::none);
  CHECK(uri_kind("https://a/%4") == UriKind::none);
  CHECK(uri_kind("a b") == UriKind::none);
  CHECK(uri_kind("") == UriKind::none);
}

TEST_CASE("base64 gives the bytes back, or nothing", "[cap]") {
  CHECK(decode_base64("").value() == "");
  CHECK(decode_base64("TQ==").value() == "M");
  CHECK(decode_base64("TWE=").value() == "Ma");
  CHECK(decode_base64("TW\nFu").value() == "Man");
  CHECK(decode_base64("//79").value() == "\xff\xfe\xfd");
  for (auto const* bad : {"T", "TQ", "TQ=", "TQ===", "TQ==TQ==", "T*==", "====", "=TQ="}) {
    INFO(bad);
    CHECK(!is_base64(bad));
    CHECK(!decode_base64(bad));
  }
}

TEST_CASE("numbers are those of XML Schema, without exponent", "[cap]") {
  for (auto const* good : {"0", "-0.5", "+12", ".5", "5.", "007"}) CHECK(parse_decimal(good));
  for (auto const* bad : {"", ".", "-", "1e3", "1,5", "NaN", "inf", "--1", "0x10"})
    CHECK(!parse_decimal(bad));
  CHECK(parse_integer("+12") == 12);
  CHECK(parse_integer("9223372036854775807") == 9223372036854775807);
  CHECK(!parse_integer("9223372036854775808"));
  CHECK(!parse_integer("+-1"));
  CHECK(!parse_integer("1.0"));
}

TEST_CASE("language tags have short parts, letters first", "[cap]") {
  for (auto const* good : {"id", "id-ID", "en-x-bahasa1", "i-klingon"}) CHECK(is_language(good));
  for (auto const* bad : {"", "id_ID", "-id", "id-", "1d", "abcdefghi"}) CHECK(!is_language(bad));
}

TEST_CASE("a figure of eight crosses itself, a plain outline does not", "[cap]") {
  CHECK(crossing("0,0 1,1 0,1 1,0 0,0") != "");
  CHECK(crossing("0,0 0,1 1,1 1,0 0,0") == "");
  CHECK(crossing("0,0 0,2 2,2 2,0 1,1 0,0") == "");
}

}  // namespace siaga::cap::test
