#include "gateway/domain/acknowledgement.hpp"

#include <algorithm>
#include <array>
#include <random>

#include "gateway/domain/code.hpp"
#include "gateway/domain/sentence.hpp"
#include "gateway/domain/text.hpp"
#include "tests/support/catch.hpp"

using namespace siaga;

namespace {

// 482 with its check digit.
constexpr char const* code = "4823";

struct Case {
  char const* text;
  std::optional<Answer> answer;
  char const* code;
  char const* note;
};

void check(Case const& expected) {
  auto const parsed = parse_answer(expected.text);
  CAPTURE(expected.text);
  CHECK(parsed.answer == expected.answer);
  CHECK(parsed.code == expected.code);
  CHECK(parsed.note == expected.note);
}

constexpr auto yes = Answer::accepted;
constexpr auto no = Answer::declined;

}  // namespace

TEST_CASE("every word of acceptance and refusal is understood in any case", "[domain]") {
  for (std::string const word : {"SIAP", "OK", "YA", "TERIMA", "ACK", "86", "siap", "Ok", "yA"}) {
    CAPTURE(word);
    CHECK(parse_answer(word).answer == yes);
    CHECK(parse_answer(word + " 4823").answer == yes);
    CHECK(parse_answer("4823 " + word).answer == yes);
    CHECK(parse_answer("4823 " + word).code == code);
  }
  for (std::string const word : {"TIDAK", "TOLAK", "NO", "tolak", "No"}) {
    CAPTURE(word);
    CHECK(parse_answer(word).answer == no);
    CHECK(parse_answer(word + " 4823").answer == no);
    CHECK(parse_answer("4823 " + word).code == code);
  }
}

TEST_CASE("code and word come in either order with any noise between", "[domain]") {
  REQUIRE(is_code(code));
  check({"SIAP4823", yes, code, ""});
  check({"4823siap", yes, code, ""});
  check({"siap. 4823 menuju lokasi", yes, code, "menuju lokasi"});
  check({"4823 SIAP menuju lokasi", yes, code, "menuju lokasi"});
  check({"  *SIAP* #4823!!! ", yes, code, ""});
  check({"\xE2\x80\x9CSiap 4823\xE2\x80\x9D \xF0\x9F\x91\x8D", yes, code, "\xF0\x9F\x91\x8D"});
  check({"Re: TOLAK-4823, ban pecah.", no, code, "Re ban pecah."});
  check({"ok siap 86 4823", yes, code, ""});
  check({"Siap komandan, kode 4823, meluncur", yes, code, "komandan meluncur"});
}

TEST_CASE("86 is a word and not a code", "[domain]") {
  check({"86", yes, "", ""});
  check({"86 4823", yes, code, ""});
  check({"4823 86", yes, code, ""});
  check({"86, dua menit lagi", yes, "", "dua menit lagi"});
}

TEST_CASE("digits and letters of other keyboards are the same digits and letters", "[domain]") {
  check({"SIAP \xD9\xA4\xD9\xA8\xD9\xA2\xD9\xA3", yes, code, ""});                  // Arabic-Indic
  check({"SIAP \xDB\xB4\xDB\xB8\xDB\xB2\xDB\xB3", yes, code, ""});                  // extended
  check({"SIAP \xEF\xBC\x94\xEF\xBC\x98\xEF\xBC\x92\xEF\xBC\x93", yes, code, ""});  // full width
  check({"\xEF\xBC\xB3\xEF\xBD\x89\xEF\xBD\x81\xEF\xBD\x90 4823", yes, code, ""});
  check({"\xD9\xA8\xD9\xA6", yes, "", ""});
}

TEST_CASE("digits of the region's scripts are digits", "[domain]") {
  for (auto const* digits : {"٤٨٢٣", "۴۸۲۳", "४८२३", "৪৮২৩", "๔๘๒๓"})
    CHECK(parse_answer("siap " + std::string(digits)).code == code);
  for (auto const* digits : {"၄၈၂၃", "៤៨២៣", "᭔᭘᭒᭓", "꧔꧘꧒꧓", "４８２３"})
    CHECK(parse_answer("siap " + std::string(digits)).code == code);
}

TEST_CASE("an answer may come without a code", "[domain]") {
  check({"siap", yes, "", ""});
  check({"Siap, 2 regu merapat", yes, "", "2 regu merapat"});
  check({"Tidak bisa, sedang di Samarinda", no, "", "bisa, sedang di Samarinda"});
  check({"Mohon izin pak, siap", yes, "", "Mohon izin pak"});
  check({"Siap, ETA 1430", yes, "", "ETA 1430"});
}

TEST_CASE("a mistyped code is kept as typed, so that it can be called wrong", "[domain]") {
  check({"SIAP 4832", yes, "4832", ""});
  check({"SIAP 482", yes, "482", ""});
  check({"SIAP 48233", yes, "48233", ""});
  check({"1430 siap 4823", yes, code, "1430"});
  check({"SIAP 081234567890", yes, "", "081234567890"});
}

TEST_CASE("a code alone is no answer", "[domain]") {
  check({"4823", std::nullopt, code, ""});
  check({" #4823. ", std::nullopt, code, ""});
  check({"4823 menuju lokasi", std::nullopt, code, "menuju lokasi"});
  check({"nomor 1235 lalu 4823", std::nullopt, code, "nomor 1235 lalu"});
}

TEST_CASE("a word that is part of another word or of a sentence is no answer", "[domain]") {
  CHECK_FALSE(parse_answer("Siapa ini?").answer);
  CHECK_FALSE(parse_answer("posisi di mana ya").answer);
  CHECK_FALSE(parse_answer("maksudnya apa ya 4823?").answer);
  CHECK_FALSE(parse_answer("Terima kasih infonya").answer);
  CHECK_FALSE(parse_answer("terima kasih").answer);
  CHECK_FALSE(parse_answer("apakah regu 2 sudah siap").answer);
  CHECK_FALSE(parse_answer("").answer);
  CHECK_FALSE(parse_answer("\xFF\xFE\x00").answer);
}

TEST_CASE("thanks before the answer do not hide it", "[domain]") {
  check({"Terima kasih, siap 4823", yes, code, "Terima kasih"});
  check({"siap, terima kasih", yes, "", "terima kasih"});
}

TEST_CASE("no. before the code means its number, not a refusal", "[domain]") {
  check({"No. 4823 siap", yes, code, ""});
  check({"NO 4823", no, code, ""});
}

TEST_CASE("a word taken back is not an acceptance", "[domain]") {
  check({"tidak siap 4823", no, code, ""});
  check({"4823 tidak siap, sakit", no, code, "sakit"});
  CHECK_FALSE(parse_answer("belum siap 4823").answer);
  CHECK_FALSE(parse_answer("ok tidak bisa").answer);
  CHECK_FALSE(parse_answer("siap tdk bisa").answer);
  CHECK(parse_answer("siap, tidak ada korban").answer == yes);
  check({"SIAP 4823 tidak ada korban", yes, code, "tidak ada korban"});
  check({"TOLAK 4823 ok nanti", no, code, "ok nanti"});
}

TEST_CASE("a text that says both answers is not understood", "[domain]") {
  CHECK_FALSE(parse_answer("Balas SIAP 4823 atau TOLAK 4823").answer);
  CHECK_FALSE(parse_answer("SIAP 4823, TOLAK 5724").answer);
  CHECK_FALSE(parse_answer("PERINGATAN SIAGA Unjuk rasa. Balas SIAP 4823 atau TOLAK 4823").answer);
  CHECK(parse_answer("PERINGATAN SIAGA Unjuk rasa. Balas SIAP 4823 atau TOLAK 4823").code == code);
}

TEST_CASE("a reply that quotes the question is read without it", "[domain]") {
  auto const quoted = std::string("SIAGA Unjuk rasa. Balas SIAP 4823/TOLAK 4823 ::POLRES");
  CHECK(parse_answer("siap 4823\n> " + quoted).answer == yes);
  CHECK(parse_answer("tolak 4823\n" + quoted).answer == no);
  CHECK(parse_answer("\"" + quoted + "\" SIAP 4823").answer == yes);
  CHECK(parse_answer("Ya\n> Balas SIAP 4823 atau TOLAK 4823").code == code);
  CHECK(parse_answer("OK 4823 > Reply OK 4823 or NO 4823").answer == yes);
  CHECK_FALSE(parse_answer("Apa ini? " + quoted).answer);
  CHECK_FALSE(parse_answer("SIAP 4823 TOLAK 5724").answer);
}

TEST_CASE("a note cannot forge lines and has an end", "[domain]") {
  CHECK(parse_answer("SIAP 4823 a\r\nb\xE2\x80\xAE"
                     "c")
            .note == "a bc");
  auto const note = parse_answer("SIAP 4823 " + std::string(100'000, 'x')).note;
  CHECK(note.size() == 500);
  CHECK(note.ends_with("..."));
}

TEST_CASE("whatever is typed, the code is digits and the note is one clean line", "[domain]") {
  constexpr std::array<std::string_view, 20> pieces{
      "siap",     "TOLAK", "no",    "86",           "4823", "482",      "terima",
      "kasih",    " ",     ".",     "\r\n",         "kode", "\xD9\xA4", "\xE2\x80\xAE",
      "\xF0\x9F", "\xFF",  "belum", "\xEF\xBC\x93", "+62",  "pak "};
  std::mt19937 random(20261123);
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (auto count = random() % 12; count > 0; --count) text += pieces[random() % pieces.size()];
    auto const parsed = parse_answer(text);
    CAPTURE(text);
    REQUIRE(std::ranges::all_of(parsed.code, [](char c) { return c >= '0' && c <= '9'; }));
    REQUIRE(clean_text(parsed.note) == parsed.note);
    REQUIRE(clean_text(first_sentence(text)) == first_sentence(text));
    REQUIRE(normal_phone(normal_phone(text)) == normal_phone(text));
  }
}

TEST_CASE("a phone number has one form", "[domain]") {
  CHECK(normal_phone("0812-3456 7890") == "+6281234567890");
  CHECK(normal_phone("6281234567890") == "+6281234567890");
  CHECK(normal_phone("+62 812 3456 7890") == "+6281234567890");
  CHECK(normal_phone("+62 (0)812 3456 7890") == "+6281234567890");
  CHECK(normal_phone("006281234567890") == "+6281234567890");
  CHECK(normal_phone("+6591234567") == "+6591234567");
  CHECK(normal_phone("(0548) 21234") == "+6254821234");
  CHECK(normal_phone("0912345678", "60") == "+60912345678");
  CHECK(normal_phone("\xD9\xA0\xD9\xA8\xD9\xA1\xD9\xA2 34567890") == "+6281234567890");
}

TEST_CASE("short codes and names are no phone numbers", "[domain]") {
  CHECK(normal_phone("112") == "112");
  CHECK(normal_phone(" 98108 ") == "98108");
  CHECK(normal_phone("SIAGA") == "SIAGA");
  CHECK(normal_phone("kabag@polres.example") == "kabag@polres.example");
  CHECK(normal_phone("") == "");
  CHECK(normal_phone("+") == "+");
  CHECK(normal_phone("12+34567890") == "12+34567890");
}
