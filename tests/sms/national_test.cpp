#include "protocols/sms/text/national.hpp"

#include "protocols/sms/text/gsm.hpp"
#include "protocols/sms/text/unicode.hpp"
#include "protocols/sms/text/user_data.hpp"
#include "tests/support/catch.hpp"

namespace siaga::sms {
namespace {

Language language(std::size_t identifier) {
  return language_of(static_cast<std::uint8_t>(identifier));
}

std::string gsm(std::string_view text, Shifts const& shifts) {
  std::string septets;
  while (!text.empty()) append_gsm(septets, next_character(text), shifts);
  return septets;
}

std::size_t characters_in(Language one, char32_t (*character)(Language, unsigned) noexcept) {
  std::size_t count = 0;
  for (unsigned code = 0; code < 128; ++code) count += character(one, code) != 0 ? 1U : 0U;
  return count;
}

}  // namespace

TEST_CASE("Turkish letters have their codes in the locking and the single shift table", "[sms]") {
  Shifts const locking{Language::turkish, Language::none},
      single{Language::none, Language::turkish};
  CHECK(gsm("€ıĞğŞşİç", locking) == "\x04\x07\x0B\x0C\x1C\x1D\x40\x60");
  CHECK(gsm("ĞİŞçğış", single) == "\x1BG\x1BI\x1BS\x1B\x63\x1Bg\x1Bi\x1Bs");
  CHECK(from_gsm("\x04\x07\x0B\x0C\x1C\x1D\x40\x60", locking) == "€ıĞğŞşİç");
  CHECK(from_gsm("\x1BG\x1BI\x1BS\x1B\x63\x1Bg\x1Bi\x1Bs\x1B\x65", single) == "ĞİŞçğış€");
}

TEST_CASE("Spanish and Portuguese letters have their codes", "[sms]") {
  Shifts const spanish{Language::none, Language::spanish};
  CHECK(gsm("çÁÍÓÚáíóú", spanish) == "\x1B\x09\x1B\x41\x1BI\x1BO\x1BU\x1B\x61\x1Bi\x1Bo\x1Bu");
  Shifts const portuguese{Language::portuguese, Language::portuguese};
  CHECK(gsm("êúíóçÔô", portuguese) == "\x04\x06\x07\x08\x09\x0B\x0C");
  CHECK(gsm("ªÇÀ∞^\\€Ó|", portuguese) == "\x12\x13\x14\x15\x16\x17\x18\x19\x1A");
  CHECK(gsm("ÃÕÚãõ`~", portuguese) == "\x5B\x5C\x5D\x7B\x7C\x7D\x60");
  CHECK(gsm("ΦΓΩ", portuguese) == "\x1B\x12\x1B\x13\x1B\x15");
}

TEST_CASE("Indian languages have letters in the locking table, digits in the single shift table",
          "[sms]") {
  CHECK(from_gsm("\x4D\x57\x3D", {Language::hindi, Language::none}) == "हॅप");
  CHECK(from_gsm("\x1B\x1C\x1B\x25", {Language::none, Language::hindi}) == "०९");
  CHECK(from_gsm("\x1B\x19\x1B\x23", {Language::none, Language::bengali}) == "০৯");
  CHECK(from_gsm("\x1B\x1C", {Language::none, Language::tamil}) == "௦");
  CHECK(from_gsm("\x44\x05", {Language::urdu, Language::none}) == "عپ");
  CHECK(from_gsm("\x1B\x1C\x1B\x41", {Language::none, Language::urdu}) == "۰A");
}

TEST_CASE("every table has as many characters as the standard gives it", "[sms]") {
  std::size_t const locking[] = {0, 127, 0, 127, 114, 120, 127, 120, 120, 116, 110, 102, 120, 127};
  std::size_t const single[] = {0, 17, 19, 37, 82, 70, 88, 73, 82, 75, 76, 77, 78, 90};
  for (std::size_t i = 0; i < languages_count; ++i) {
    CHECK(characters_in(language(i), locking_character) == locking[i]);
    CHECK(characters_in(language(i), single_shift_character) == single[i]);
  }
}

TEST_CASE("every character of every pair of tables comes back as it went", "[sms]") {
  for (std::size_t i = 0; i < languages_count; ++i)
    for (std::size_t k = 0; k < languages_count; ++k) {
      Shifts const shifts{language(i), language(k)};
      std::string text;
      for (char32_t c = 1; c < 0x3000; ++c)
        if (gsm_length(c, shifts) > 0) append_utf8(text, c);
      REQUIRE(from_gsm(gsm(text, shifts), shifts) == text);
    }
}

TEST_CASE("without a language the tables are the default ones", "[sms]") {
  for (char32_t c = 1; c < 0x3000; ++c) {
    REQUIRE(gsm_length(c, Shifts()) == gsm_length(c));
    REQUIRE(gsm_length(c, {Language::spanish, Language::none}) == gsm_length(c));
  }
}

TEST_CASE("a place that phones and the standard disagree about is read but never written",
          "[sms]") {
  Shifts const kannada{Language::kannada, Language::kannada};
  CHECK(from_gsm("\x24\x3D", kannada) == "ಡಪ");
  CHECK(gsm_length(U'ಡ', kannada) == 0);
  CHECK(gsm("ಪ", kannada) == "\x3D");
  CHECK(from_gsm("\x1B\x65", {Language::none, Language::telugu}) == "€");
  CHECK(gsm_length(U'€', {Language::none, Language::telugu}) == 0);
}

TEST_CASE("an escape the language does not have shows its main table's character", "[sms]") {
  CHECK(from_gsm("\x1B\x07", {Language::turkish, Language::turkish}) == "ı");
  CHECK(from_gsm("\x1B\x07", {Language::none, Language::turkish}) == "ì");
  CHECK(from_gsm("\x1B\x1B", {Language::turkish, Language::turkish}) == " ");
  CHECK(from_gsm(std::string_view("\x00", 1), {Language::tamil, Language::none}) == "\uFFFD");
}

TEST_CASE("shift elements are hexadecimal 24 and 25, decimal 24 and 25 are other elements",
          "[sms]") {
  auto const both = split_header(std::string_view("\x06\x24\x01\x02\x25\x01\x03x", 8));
  REQUIRE(both.has_value());
  CHECK(both->shifts == Shifts{Language::portuguese, Language::spanish});
  CHECK(both->octets == "x");
  auto const decimal = split_header(std::string_view("\x06\x18\x01\x01\x19\x01\x01x", 8));
  REQUIRE(decimal.has_value());
  CHECK(decimal->shifts == Shifts());
}

TEST_CASE("a language nobody knows, or named at the wrong length, means the default tables",
          "[sms]") {
  auto const unknown = split_header(std::string_view("\x06\x24\x01\x0E\x25\x01\xFFx", 8));
  REQUIRE(unknown.has_value());
  CHECK(unknown->shifts == Shifts());
  auto const long_one = split_header(std::string_view("\x04\x24\x02\x01\x01x", 6));
  REQUIRE(long_one.has_value());
  CHECK(long_one->shifts == Shifts());
}

TEST_CASE("a reply in a national language is read by its header over SMPP too", "[sms]") {
  auto const part =
      split_header(std::string_view("\x03\x24\x01\x01"
                                    "A\x1Bs\x1Bi",
                                    9));
  REQUIRE(part.has_value());
  CHECK(text_of(part->octets, 0, Charset::gsm, part->shifts) == "Aşı");
  CHECK(text_of(part->octets, 0, Charset::latin1, part->shifts) == "Aşı");
}

}  // namespace siaga::sms
