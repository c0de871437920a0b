#include "protocols/sms/text/segment.hpp"

#include <chrono>

#include "protocols/sms/text/user_data.hpp"
#include "tests/support/catch.hpp"

namespace siaga::sms {
namespace {

std::string times(std::size_t count, std::string_view text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

std::string whole(Segments const& segments) {
  std::string octets;
  for (auto const& part : segments.parts) octets += part;
  return text_of(octets, segments.coding == Coding::ucs2 ? 8 : 0, Charset::gsm);
}

}  // namespace

TEST_CASE("160 septets are one part, 161 are two of at most 153", "[sms]") {
  CHECK(segment(times(160, "a"), Charset::gsm).parts.size() == 1);
  auto const two = segment(times(161, "a"), Charset::gsm);
  REQUIRE(two.parts.size() == 2);
  CHECK(two.parts[0].size() == 153);
  CHECK(two.parts[1].size() == 8);
  CHECK(count_parts(times(306, "a"), Charset::gsm) == 2);
  CHECK(count_parts(times(307, "a"), Charset::gsm) == 3);
  CHECK(count_parts(times(80, "€"), Charset::gsm) == 1);
  CHECK(count_parts(times(81, "€"), Charset::gsm) == 2);
}

TEST_CASE("one character outside GSM makes the text UCS-2 with 70 and 67 units", "[sms]") {
  CHECK(segment("字" + times(69, "a"), Charset::gsm).coding == Coding::ucs2);
  CHECK(count_parts("字" + times(69, "a"), Charset::gsm) == 1);
  auto const two = segment("字" + times(70, "a"), Charset::gsm);
  REQUIRE(two.parts.size() == 2);
  CHECK(two.parts[0].size() == 134);
}

TEST_CASE("an escape pair is never split", "[sms]") {
  auto const text = times(152, "a") + "€" + times(20, "b");
  auto const parts = segment(text, Charset::gsm).parts;
  REQUIRE(parts.size() == 2);
  CHECK(parts[0] == times(152, "a"));
  CHECK(parts[1].substr(0, 2) == "\x1B\x65");
}

TEST_CASE("CR LF is never split", "[sms]") {
  for (std::string const after : {"b", "€", "字"}) {
    CAPTURE(after);
    auto const room = after == "字" ? 67U : 153U;
    auto const text = times(room - 1, "a") + "\r\n" + times(20, "b") + after;
    auto const segments = segment(text + times(160 - room, "c"), Charset::gsm);
    REQUIRE(segments.parts.size() == (after == "字" ? 3 : 2));
    auto const first = text_of(segments.parts[0], after == "字" ? 8 : 0, Charset::gsm);
    CHECK(first == times(room - 1, "a"));
  }
}

TEST_CASE("a surrogate pair is never split", "[sms]") {
  auto const segments = segment(times(66, "字") + "😀" + times(10, "b"), Charset::gsm);
  REQUIRE(segments.parts.size() == 2);
  CHECK(segments.parts[0].size() == 132);
  CHECK(whole(segments) == times(66, "字") + "😀" + times(10, "b"));
}

TEST_CASE("parts end between words where that costs no part", "[sms]") {
  auto const text = times(20, "petugas ") + "jaga";  // 164 septets; 153 falls within a word
  auto const parts = segment(text, Charset::gsm).parts;
  REQUIRE(parts.size() == 2);
  CHECK(parts[0] == times(19, "petugas "));
  auto const tight = times(38, "petugas ") + "1234";  // 308: three parts whatever the ends
  CHECK(segment(tight, Charset::gsm).parts.size() == 3);
  auto const full = times(152, "a") + " " + times(153, "b");  // no room to be nice
  CHECK(segment(full, Charset::gsm).parts.size() == 2);
}

TEST_CASE("a word is split where keeping it whole would cost a part", "[sms]") {
  auto const text = times(150, "a") + " " + times(155, "b");  // 306 septets
  auto const parts = segment(text, Charset::gsm).parts;
  REQUIRE(parts.size() == 2);
  CHECK(parts[0].size() == 153);
}

TEST_CASE("a character keeps its marks when no word end is near", "[sms]") {
  auto const text = times(66, "字") + "e\u0301" + times(5, "字");
  auto const parts = segment(text, Charset::gsm).parts;
  REQUIRE(parts.size() == 2);
  CHECK(parts[0].size() == 132);
}

TEST_CASE("no text loses or changes a character by being cut", "[sms]") {
  std::string const alphabet[] = {"a", " ", "€", "字", "😀", "é", "[", "e\u0301"};
  std::uint32_t seed = 7;
  for (int round = 0; round < 300; ++round) {
    std::string text;
    bool const plain = round % 2 == 0;
    auto const length = 100 + static_cast<std::size_t>(round) * 3;
    for (std::size_t i = 0; i < length; ++i) {
      seed = seed * 1664525U + 1013904223U;
      auto const& piece = alphabet[(seed >> 24) % std::size(alphabet)];
      text += plain && (piece == "字" || piece == "😀" || piece.size() == 3) ? "x" : piece;
    }
    auto const segments = segment(text, Charset::gsm);
    REQUIRE(whole(segments) == text);
    REQUIRE(segments.parts.size() == count_parts(text, Charset::gsm));
    for (auto const& part : segments.parts)
      REQUIRE(part.size() <= (segments.parts.size() == 1
                                  ? (segments.coding == Coding::ucs2 ? 140U : 160U)
                                  : (segments.coding == Coding::ucs2 ? 134U : 153U)));
  }
}

TEST_CASE("an endless word costs no more than its length to cut", "[sms]") {
  auto const began = std::chrono::steady_clock::now();
  auto const parts = segment(times(60000, "x"), Charset::gsm).parts;
  CHECK(parts.size() == 393);
  CHECK(parts[0].size() == 153);
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::milliseconds(500));
}

TEST_CASE("a network of Latin-1 or ASCII gets only what it can show in seven bits", "[sms]") {
  CHECK(coding_of("é", Charset::latin1) == Coding::seven_bit);
  CHECK(segment("é", Charset::latin1).parts[0] == "\xE9");
  CHECK(coding_of("€", Charset::latin1) == Coding::ucs2);
  CHECK(coding_of("é", Charset::ascii) == Coding::ucs2);
  CHECK(segment("@", Charset::ascii).parts[0] == "@");
}

TEST_CASE("joined parts find their place by 8-bit and 16-bit headers, others are skipped",
          "[sms]") {
  CHECK(join_header(0x2A, 3, 2) == std::string("\x05\x00\x03\x2A\x03\x02", 6));
  auto const octets = join_header(0x2A, 3, 2) + "abc";
  auto const small = split_header(octets);
  REQUIRE(small.has_value());
  REQUIRE(small->joined);
  CHECK(small->joined->reference == 0x2A);
  CHECK(small->joined->total == 3);
  CHECK(small->joined->number == 2);
  CHECK(small->octets == "abc");
  // 16-bit reference behind a port element
  auto const large =
      split_header(std::string_view("\x0C\x05\x04\x0B\x84\x23\xF0\x08\x04\x12\x34\x02\x01z", 14));
  REQUIRE(large.has_value());
  REQUIRE(large->joined);
  CHECK(large->joined->reference == 0x1234);
  CHECK(large->octets == "z");
}

TEST_CASE("a header that does not add up is refused, a senseless part number ignored", "[sms]") {
  CHECK_FALSE(split_header("").has_value());
  CHECK_FALSE(split_header(std::string_view("\x05\x00\x03", 3)).has_value());
  CHECK_FALSE(split_header(std::string_view("\x03\x00\x03\x01x", 5)).has_value());
  auto const beyond = split_header(join_header(1, 2, 3) + "x");
  REQUIRE(beyond.has_value());
  CHECK_FALSE(beyond->joined);
}

TEST_CASE("incoming octets are read by their data coding", "[sms]") {
  CHECK(text_of(std::string_view("\x00", 1), 0, Charset::gsm) == "@");
  CHECK(text_of("@", 0, Charset::latin1) == "@");
  CHECK(text_of("@\xE9", 3, Charset::gsm) == "@é");
  CHECK(text_of("@", 1, Charset::gsm) == "@");
  CHECK(text_of(std::string_view("\x06\x62", 2), 8, Charset::gsm) == "\u0662");
  CHECK(text_of(std::string_view("\x06\x62", 2), 0x18, Charset::gsm) == "\u0662");
  CHECK(text_of(std::string_view("\x00", 1), 0xF0, Charset::latin1) == "@");
}

}  // namespace siaga::sms
