#include "protocols/sms/text/gsm.hpp"

#include "protocols/sms/text/unicode.hpp"
#include "tests/support/catch.hpp"

namespace siaga::sms {
namespace {

std::string gsm(std::string_view text) {
  std::string septets;
  while (!text.empty()) append_gsm(septets, next_character(text));
  return septets;
}

}  // namespace

TEST_CASE("the nine characters that tell a wrong charset have their GSM codes", "[sms]") {
  CHECK(gsm("@£$_") == std::string("\x00\x01\x02\x11", 4));
  CHECK(gsm("{}[]~€") == "\x1B\x28\x1B\x29\x1B\x3C\x1B\x3E\x1B\x3D\x1B\x65");
  CHECK(gsm("ÄÖÑÜ§¿äöñüà") == "\x5B\x5C\x5D\x5E\x5F\x60\x7B\x7C\x7D\x7E\x7F");
  CHECK(gsm("ΔΦΓΛΩΠΨΣΘΞ") == "\x10\x12\x13\x14\x15\x16\x17\x18\x19\x1A");
}

TEST_CASE("a text of one septet each is written at once, any other is told apart", "[sms]") {
  for (char32_t c = 0; c < 0x3000; ++c) {
    CAPTURE(static_cast<std::uint32_t>(c));
    std::string text = "a";
    append_utf8(text, c);
    auto const even = even_gsm(text);
    CHECK(even.has_value() == (gsm_length(c) == 1));
    if (even) CHECK(*even == gsm(text));
  }
  CHECK(even_gsm("") == "");
  CHECK_FALSE(even_gsm("a\xC3"));  // broken UTF-8
  CHECK_FALSE(even_gsm("\xFF"));
}

TEST_CASE("every character of the GSM alphabet comes back as it went", "[sms]") {
  std::size_t basic = 0, extended = 0;
  for (char32_t c = 1; c < 0x3000; ++c) {
    if (gsm_length(c) == 0) continue;
    std::string text, septets;
    append_utf8(text, c);
    append_gsm(septets, c);
    CHECK(septets.size() == static_cast<std::size_t>(gsm_length(c)));
    CHECK(from_gsm(septets) == text);
    ++(gsm_length(c) == 1 ? basic : extended);
  }
  CHECK(basic == 127);  // 128 codes, one of them the escape
  CHECK(extended == 10);
}

TEST_CASE("characters outside the alphabet are known to be so", "[sms]") {
  for (char32_t const c : {U'`', U'ç', U'–', U'“', U'°', U'字', U'😀', U'\t'})
    CHECK(gsm_length(c) == 0);
}

TEST_CASE("an unknown escape shows the plain character and a lone one nothing", "[sms]") {
  CHECK(from_gsm("a\x1B\x41z") == "aAz");
  CHECK(from_gsm("a\x1B\x1Bz") == "a z");
  CHECK(from_gsm("a\x1B") == "a");
  CHECK(from_gsm("a\x80z") == "a\uFFFDz");
}

TEST_CASE("UTF-16BE keeps pairs together and replaces what is broken", "[sms]") {
  std::string octets;
  for (char32_t const c : {U'a', U'字', U'😀'}) append_utf16be(octets, c);
  CHECK(octets == std::string("\x00\x61\x5B\x57\xD8\x3D\xDE\x00", 8));
  CHECK(from_utf16be(octets) == "a字😀");
  CHECK(from_utf16be(std::string_view("\xD8\x3D\x00\x61", 4)) == "\uFFFDa");
  CHECK(from_utf16be(std::string_view("\x00\x61\x00", 3)) == "a\uFFFD");
}

TEST_CASE("bytes that are not UTF-8 become replacement characters one by one", "[sms]") {
  for (std::string_view bad :
       {"\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\xFF"}) {
    auto const size = bad.size();
    CHECK(next_character(bad) == replacement_character);
    CHECK(bad.size() == size - 1);
  }
}

}  // namespace siaga::sms
