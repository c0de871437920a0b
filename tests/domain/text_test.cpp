#include "gateway/domain/text.hpp"

#include "tests/support/catch.hpp"

using namespace siaga;

TEST_CASE("a text becomes one line whatever white space it had", "[domain]") {
  CHECK(clean_text("  satu\r\n\tdua\xC2\xA0tiga\xE2\x80\xA8"
                   "empat\v ") == "satu dua tiga empat");
  CHECK(clean_text(" \n ").empty());
}

TEST_CASE("control and direction characters cannot forge a line", "[domain]") {
  CHECK(clean_text("A\x1B[31mB\x07") == "A[31mB");
  CHECK(clean_text("Subject\xC2\x85"
                   "Bcc: x") == "Subject Bcc: x");
  CHECK(clean_text("\xE2\x80\xAE"
                   "4821\xE2\x80\xAC \xE2\x81\xA6OK\xE2\x81\xA9") == "4821 OK");
  CHECK(clean_text("a\xE2\x80\x8B"
                   "b\xEF\xBB\xBF"
                   "c\xC2\xAD"
                   "d") == "abcd");
  CHECK(clean_text(std::string_view("a\0b", 3)) == "ab");
}

TEST_CASE("bytes that are not UTF-8 become question marks", "[domain]") {
  CHECK(clean_text("caf\xE9!") == "caf?!");
  CHECK(clean_text("\xC0\x80") == "??");                // overlong
  CHECK(clean_text("\xED\xA0\x80") == "???");           // surrogate
  CHECK(clean_text("\xF4\x90\x80\x80") == "????");      // beyond Unicode
  CHECK(clean_text("akhir\xE2\x82") == "akhir??");      // cut off
  CHECK(clean_text("\xEF\xBF\xBD") == "\xEF\xBF\xBD");  // a real replacement character stays
  CHECK(clean_text("50 \xE2\x82\xAC \xF0\x9F\x91\x8D") == "50 \xE2\x82\xAC \xF0\x9F\x91\x8D");
}

TEST_CASE("a shortened text says that it is, and splits no character", "[domain]") {
  CHECK(shortened("pendek", 6) == "pendek");
  CHECK(shortened("panjang", 6) == "pan...");
  CHECK(shortened("ab\xE2\x82\xAC"
                  "defgh",
                  7) == "ab...");
  CHECK(shortened("abc", 2) == "..");
  CHECK(shortened(std::string(100'000, 'x'), 10) == "xxxxxxx...");
  CHECK(shortened(std::string(100'000, ' ') + "x", 10) == "...");
}

TEST_CASE("case is ignored for ASCII letters and nothing else", "[domain]") {
  CHECK(same_ignoring_case("Unjuk Rasa", "unjuk rasa"));
  CHECK_FALSE(same_ignoring_case("Unjuk Rasa", "unjuk ras"));
  CHECK_FALSE(same_ignoring_case("@", "`"));
  CHECK(upper_case("Polres \xC3\xA9") == "POLRES \xC3\xA9");
  CHECK(lower_case("A-Z[") == "a-z[");
}
