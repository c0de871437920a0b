#include "protocols/sms/text/grapheme.hpp"

#include "protocols/sms/text/segment.hpp"
#include "protocols/sms/text/user_data.hpp"
#include "tests/support/catch.hpp"

namespace siaga::sms {
namespace {

// How many characters a reader sees.
std::size_t characters(std::u32string_view text) {
  std::size_t count = text.empty() ? 0 : 1;
  for (std::size_t at = 1; at < text.size(); ++at)
    if (!cluster_goes_on(text, at)) ++count;
  return count;
}

}  // namespace

TEST_CASE("marks, joiners, selectors and skin tones belong to what is before them", "[sms]") {
  CHECK(characters(U"abc") == 3);
  CHECK(characters(U"e\u0301\u0302x") == 2);
  CHECK(characters(U"\u0928\u093F") == 1);          // Devanagari, a vowel sign
  CHECK(characters(U"\u0E01\u0E33\u0E49") == 2);    // Thai: sara am is a letter of its own here
  CHECK(characters(U"\U0001F469\U0001F3FD") == 1);  // a skin tone
  CHECK(characters(U"\u2764\uFE0F\u20E3") == 1);    // selector, keycap
  CHECK(characters(U"\U0001F468\u200D\U0001F469") == 1);
  CHECK(characters(U"\r\n") == 1);
  CHECK(characters(U"\n\u0301") == 2);
}

TEST_CASE("flags are pairs of letters", "[sms]") {
  CHECK(characters(U"\U0001F1EE\U0001F1E9") == 1);
  CHECK(characters(U"\U0001F1EE\U0001F1E9\U0001F1F8\U0001F1EC") == 2);
  CHECK(characters(U"\U0001F1EE\U0001F1E9\U0001F1F8") == 2);
}

TEST_CASE("the letters of a Korean syllable belong together", "[sms]") {
  CHECK(characters(U"\u1112\u1161\u11AB") == 1);
  CHECK(characters(U"\u1112\u1161\u11AB\u1100\u1173") == 2);
  CHECK(characters(U"\uD558\u11AB") == 1);  // a syllable and its last consonant
  CHECK(characters(U"\uD55C\uAE00") == 2);
  CHECK(characters(U"\u1112\uD558") == 1);
}

TEST_CASE("a part never ends within a character where that costs no part", "[sms]") {
  for (std::string const character :
       {"🇮🇩", "👩🏽\u200d🚒", "e\u0323\u0302", "न\u093F", "한\u1161"}) {
    std::string text = "字";
    for (int i = 0; i < 40; ++i) text += character;
    auto const segments = segment(text, Charset::gsm);
    REQUIRE(segments.parts.size() > 1);
    for (std::size_t i = 0; i < segments.parts.size(); ++i) {
      auto const part = text_of(segments.parts[i], 8, Charset::gsm);
      CAPTURE(part, i);
      if (i > 0) CHECK(part.rfind(character, 0) == 0);
      CHECK((part.size() - (i == 0 ? 3 : 0)) % character.size() == 0);
    }
  }
}

}  // namespace siaga::sms
