#include "protocols/sms/text/transliterate.hpp"

#include "protocols/sms/text/gsm.hpp"
#include "protocols/sms/text/plain_forms.hpp"
#include "protocols/sms/text/unicode.hpp"
#include "tests/support/catch.hpp"

namespace siaga::sms {

TEST_CASE("typographic characters are written plainly, others stay", "[sms]") {
  CHECK(plain_typography("“Siaga” – jam 8…") == "\"Siaga\" - jam 8...");
  CHECK(plain_typography("35\u00A0km, ±2 °C") == "35 km, ±2 °C");
  CHECK(plain_typography("é ñ € ok") == "é ñ € ok");
}

TEST_CASE("letters lose their accents and keep their case, what GSM has stays", "[sms]") {
  CHECK(plain_letters("Cañón çà ž 🌊") == "Cañon cà z ");
  CHECK(plain_letters("ŞEHİR şehir ŁÓDŹ Đắk Lắk Ṣanʿāʾ") == std::nullopt);  // ʿ has none
  CHECK(plain_letters("ŞEHİR şehir ŁÓDŹ Đắk Lắk") == "SEHIR sehir LODZ Dak Lak");
  CHECK(plain_letters("Þór Œuvre ĳs ﬁn Ǆ") == "Thor OEuvre ijs fin DZ");
  CHECK(plain_letters("o\u0302\u0301") == "o");
  CHECK_FALSE(plain_letters("Cañón 字"));
}

TEST_CASE("other scripts' digits and signs are written plainly", "[sms]") {
  CHECK(plain_letters("٤٨٢١ ۴۸۲۱ ४८२१ ၄၈၂၁ ꧔꧘꧒꧑ ４８２１") == "4821 4821 4821 4821 4821 4821");
  CHECK(plain_letters("① ⑫ ❸ Ⅳ ⅻ x² H₂O ½ ⅓") == "1 12 3 IV XII x2 H2O 1/2 1/3");
  CHECK(plain_letters("→ ← ↑ ≈ ≠ ≤ × ÷ ‰ ™ № ℃") == "-> <- ^ ~ != <= x / o/oo TM No  C");
  CHECK(plain_letters("₹50 ₽7 ⚠ ✓ ☎") == "INR50 RUB7 ! v Tel");
  CHECK(plain_letters("نعم") == std::nullopt);
  CHECK(plain_letters("٪،؟") == "%,?");
}

TEST_CASE("a picture goes with the space it leaves double", "[sms]") {
  CHECK(plain_letters("Banjir 🌊, Kel. 🏠 Tuan") == "Banjir, Kel. Tuan");
  CHECK(plain_letters("🌊🌊 Banjir ⚠️.") == " Banjir !.");
  CHECK(plain_letters("Banjir. 🌊🌊. Balas") == "Banjir. Balas");
}

TEST_CASE("Greek and Cyrillic are written in Latin letters only where that is asked for", "[sms]") {
  CHECK_FALSE(plain_letters("Пожар"));
  CHECK(plain_letters("Пожар, Щёлково, Київ, Ђорђе, Қала", Loss::script) ==
        "Pozhar, Shchyolkovo, Kiyiv, Djordje, Qala");
  CHECK(plain_letters("Πυρκαγιά στην Αθήνα", Loss::script) == "Πyrkagia stin Athina");
  CHECK(plain_letters("Πυρκαγιά", Loss::script, Charset::ascii) == "Pyrkagia");
  CHECK_FALSE(plain_letters("Пожар 字", Loss::script));
}

TEST_CASE("a network that shows less than GSM gets plainer letters", "[sms]") {
  CHECK(plain_letters("é £5 Ø ß Å", Loss::accents, Charset::ascii) == "e GBP5 O ss A");
  CHECK(plain_letters("é €5", Loss::accents, Charset::latin1) == "é EUR5");
}

TEST_CASE("a letter and its mark become the one character GSM has for them", "[sms]") {
  CHECK(joined_marks("Cafe\u0301 man\u0303ana A\u030Angstro\u0308m") == "Café mañana Ångström");
  CHECK(joined_marks("s\u0301 x") == "s\u0301 x");
}

TEST_CASE("every plain form is written with seven bits, wherever it came from", "[sms]") {
  std::size_t forms = 0;
  for (char32_t c = 0x80; c < 0x20000; ++c) {
    for (auto const& form : {plain_form(c), latin_form(c)}) {
      if (!form) continue;
      ++forms;
      for (std::string_view rest = *form; !rest.empty();) {
        auto const letter = next_character(rest);
        REQUIRE(letter < 0x80);
        REQUIRE(gsm_length(letter) > 0);
      }
    }
  }
  CHECK(forms > 2500);
}

}  // namespace siaga::sms
