#include "config/forms.hpp"

#include "tests/support/catch.hpp"

using namespace siaga::config;
using namespace std::chrono_literals;

TEST_CASE("a phone number is international and without blanks", "[config]") {
  CHECK(is_phone("+6281200000001"));
  CHECK(is_phone("+62543123456"));
  for (auto const* wrong : {"", "+", "081200000001", "6281200000001", "+62 812 0000 0001",
                            "+0812000000001", "+62812", "+62812000000012345", "+62812000a0001"}) {
    INFO(wrong);
    CHECK_FALSE(is_phone(wrong));
  }
}

TEST_CASE("a mail address has one plain local part and a host name", "[config]") {
  CHECK(is_mail_address("kabag.ops@polres-bontang.example"));
  CHECK(is_mail_address("a+b@localhost"));
  for (auto const* wrong :
       {"", "@", "a@", "@b", "a b@c.example", "a@b@c.example", "a@b..c", ".a@b.example",
        "a.@b.example", "a..b@c.example", "a@-b.example", "a@b.example.", "a@b\r\n.example",
        "\"a\"@b.example", "Kabag <a@b.example>"}) {
    INFO(wrong);
    CHECK_FALSE(is_mail_address(wrong));
  }
}

TEST_CASE("a Kemendagri code is given at any of its four levels", "[config]") {
  for (auto const* right : {"64", "64.74", "64.74.01", "64.74.01.1003"}) CHECK(is_area_code(right));
  for (auto const* wrong : {"", "6", "64.", "64.7", "6474", "64.74.1", "64.74.01.103",
                            "64.74.01.1003.1", "64.74.01.10O3", " 64.74"}) {
    INFO(wrong);
    CHECK_FALSE(is_area_code(wrong));
  }
}

TEST_CASE("a word fits into a topic and a client id", "[config]") {
  for (auto const* right : {"polres", "siaga-1", "a_b", "112"}) CHECK(is_word(right));
  for (auto const* wrong : {"", "Polres", "a/b", "a+", "#", "a b", "-a", "a.b"}) {
    INFO(wrong);
    CHECK_FALSE(is_word(wrong));
  }
}

TEST_CASE("a duration is a whole number and its unit", "[config]") {
  CHECK(parse_duration("250ms") == 250ms);
  CHECK(parse_duration("30s") == 30s);
  CHECK(parse_duration("5m") == 5min);
  CHECK(parse_duration("2h") == 2h);
  CHECK(parse_duration("1d") == 24h);
  CHECK(parse_duration("0s") == 0s);
  for (auto const* wrong : {"", "5", "m", "-5m", "5 m", "1.5h", "5min", "5M", "99999999999999d",
                            "9999999999999999999999s"}) {
    INFO(wrong);
    CHECK_FALSE(parse_duration(wrong).has_value());
  }
}
