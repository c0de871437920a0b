#include <chrono>

#include "protocols/sms/text/segment.hpp"
#include "protocols/sms/text/user_data.hpp"
#include "tests/support/catch.hpp"

namespace siaga::sms {
namespace {

std::string times(std::size_t count, std::string_view text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

GsmOptions allowing(Languages languages) {
  GsmOptions options;
  options.languages = languages;
  return options;
}

// Reads every part by its own header, as a phone does.
std::string whole(Segments const& segments) {
  std::vector<CodedText> parts;
  std::uint8_t const coding = segments.coding == Coding::ucs2 ? 8 : 0;
  for (std::size_t i = 0; i < segments.parts.size(); ++i) {
    auto const octets = part_header(segments, 7, i + 1) + segments.parts[i];
    CodedText part{segments.parts[i], coding, {}};
    if (octets != segments.parts[i]) part.shifts = split_header(octets)->shifts;
    parts.push_back(part);
  }
  return text_of(parts, Charset::gsm);
}

std::size_t air_octets(Segments const& segments, std::size_t i) {
  auto const size = segments.parts[i].size();
  auto const text = segments.coding == Coding::ucs2 ? size : (size * 7 + 7) / 8;
  return part_header(segments, 7, i + 1).size() + text;
}

GsmOptions const turkish = allowing({Language::turkish});
GsmOptions const all = allowing(
    {Language::turkish, Language::spanish, Language::portuguese, Language::bengali,
     Language::gujarati, Language::hindi, Language::kannada, Language::malayalam, Language::oriya,
     Language::punjabi, Language::tamil, Language::telugu, Language::urdu});

}  // namespace

TEST_CASE("national tables are not used unless allowed", "[sms]") {
  CHECK(segment("Deprem şiddeti", Charset::gsm).coding == Coding::ucs2);
  CHECK(segment("Deprem şiddeti", allowing({Language::spanish})).coding == Coding::ucs2);
  GsmOptions latin1 = turkish;
  latin1.charset = Charset::latin1;
  CHECK(segment("Deprem şiddeti", latin1).coding == Coding::ucs2);
}

TEST_CASE("a text of the default alphabet stays in it whatever is allowed", "[sms]") {
  auto const text = times(159, "a") + "é";
  auto const segments = segment(text, all);
  CHECK(segments.shifts == Shifts());
  CHECK(segments.parts.size() == 1);
  CHECK(part_header(segments, 7, 1).empty());
}

TEST_CASE("one table leaves 155 septets alone and 149 joined, two leave 152 and 146", "[sms]") {
  CHECK(count_parts("ş" + times(154, "a"), turkish) == 1);
  CHECK(count_parts("ş" + times(155, "a"), turkish) == 2);
  CHECK(count_parts("ş" + times(297, "a"), turkish) == 2);
  CHECK(count_parts("ş" + times(298, "a"), turkish) == 3);
  // Á is in no table but Portuguese (and Spanish), ğ in none but Turkish: both are needed.
  auto const both = allowing({Language::turkish, Language::portuguese});
  auto const mixed = times(20, "ğ") + times(5, "Á");
  CHECK(count_parts(mixed + times(122, "a"), both) == 1);
  CHECK(count_parts(mixed + times(123, "a"), both) == 2);
  CHECK(count_parts(mixed + times(262, "a"), both) == 2);
  CHECK(count_parts(mixed + times(263, "a"), both) == 3);
}

TEST_CASE("a wide reference leaves 152 septets or 66 units a part", "[sms]") {
  GsmOptions wide;
  wide.wide_reference = true;
  CHECK(count_parts(times(304, "a"), wide) == 2);
  CHECK(count_parts(times(305, "a"), wide) == 3);
  CHECK(count_parts(times(132, "字"), wide) == 2);
  CHECK(count_parts(times(133, "字"), wide) == 3);
  auto const segments = segment(times(305, "a"), wide);
  CHECK(part_header(segments, 0x1234, 2) == "\x06\x08\x04\x12\x34\x03\x02");
}

TEST_CASE("the rarely used letter is escaped, the often used one has its table locked", "[sms]") {
  auto const rare = segment("Yarın saat 9", turkish);
  CHECK(rare.coding == Coding::seven_bit);
  CHECK((rare.shifts == Shifts{Language::none, Language::turkish} ||
         rare.shifts == Shifts{Language::turkish, Language::none}));
  auto const often = segment(times(60, "ış"), turkish);
  CHECK(often.shifts == Shifts{Language::turkish, Language::none});
  CHECK(often.parts[0].size() == 120);
  auto const spanish = segment("Evacúe el área ahora", allowing({Language::spanish}));
  CHECK(spanish.shifts == Shifts{Language::none, Language::spanish});
  CHECK(part_header(spanish, 7, 1) == std::string("\x03\x24\x01\x02", 4));
}

TEST_CASE("a header names the tables beside the place in a longer message", "[sms]") {
  auto const both = allowing({Language::turkish, Language::portuguese});
  auto const segments = segment(times(20, "ğ") + times(5, "Á") + times(263, "a"), both);
  REQUIRE(segments.parts.size() == 3);
  auto const header = part_header(segments, 0x1FF, 3);
  CHECK(header == std::string("\x0B\x00\x03\xFF\x03\x03\x24\x01\x03\x25\x01\x01", 12));
}

TEST_CASE("what no national table has is written in UCS-2", "[sms]") {
  CHECK(segment("Şimdi 😀", all).coding == Coding::ucs2);
  CHECK(segment("Şimdi 字", all).coding == Coding::ucs2);
  CHECK(segment("“Şimdi”", all).coding == Coding::ucs2);
}

TEST_CASE("UCS-2 stays where national tables save nothing", "[sms]") {
  CHECK(segment("ş", turkish).coding == Coding::ucs2);  // 2 octets, or 4 of header and 1
  CHECK(segment(times(30, "ş"), turkish).coding == Coding::seven_bit);
}

TEST_CASE("an Indian text needs half as many parts in its tables", "[sms]") {
  auto const text = times(14, "बाढ़ का खतरा है ");
  auto const plain = count_parts(text, Charset::gsm);
  auto const hindi = segment(text, allowing({Language::hindi}));
  CHECK(hindi.coding == Coding::seven_bit);
  CHECK(plain == 4);
  CHECK(hindi.parts.size() == 2);
  CHECK(whole(hindi) == text);
}

TEST_CASE("no text loses or changes a character in national tables, and none is longer than UCS-2",
          "[sms]") {
  std::string const pieces[] = {"a", " ", "€", "ş", "ğ", "ı", "ç",  "ã", "Ú", "é",
                                "[", "x", "ब", "९", "ع", "ப", "字", "😀", "^", "Á"};
  std::uint32_t seed = 11;
  auto const random = [&](std::size_t below) {
    seed = seed * 1664525U + 1013904223U;
    return (seed >> 16) % below;
  };
  std::size_t national = 0;
  for (std::size_t round = 0; round < 400; ++round) {
    std::string text;
    auto const kinds = 1 + random(std::size(pieces));
    auto const length = 1 + random(500);
    for (std::size_t i = 0; i < length; ++i) text += pieces[(round + random(kinds)) % 20];
    auto options = all;
    options.wide_reference = round % 2 == 0;
    auto const segments = segment(text, options);
    national += segments.shifts != Shifts() ? 1U : 0U;
    REQUIRE(whole(segments) == text);
    REQUIRE(segments.parts.size() == count_parts(text, options));
    REQUIRE(segments.parts.size() <= count_parts(text, Charset::gsm) + (round % 2 == 0 ? 1 : 0));
    for (std::size_t i = 0; i < segments.parts.size(); ++i) REQUIRE(air_octets(segments, i) <= 140);
  }
  CHECK(national > 50);
}

TEST_CASE("all languages allowed cost a long text little time", "[sms]") {
  auto const text = times(400, "Şiddetli yağmur bekleniyor ") + "ب";
  auto const began = std::chrono::steady_clock::now();
  CHECK(segment(text, all).coding == Coding::seven_bit);
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::milliseconds(500));
}

}  // namespace siaga::sms
