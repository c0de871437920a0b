#include "gateway/base/visible.hpp"

#include "tests/support/catch.hpp"

using siaga::visible;
using siaga::visible_lines;
using siaga::visible_xml;

TEST_CASE("plain text, accents and emoji stay as they are", "[base]") {
  for (std::string const text : {"Unjuk rasa", "Jl. Ahmad Yani 5–7", "é€😀", "安全"}) {
    CHECK(visible(text) == text);
    CHECK(visible_lines(text) == text);
    CHECK(visible_xml(text) == text);
  }
}

TEST_CASE("what a terminal obeys is written out", "[base]") {
  CHECK(visible("\x1b[31m\x07\x7f") == "\\u001B[31m\\u0007\\u007F");
  CHECK(visible("a\u009b1mb\u0090") == "a\\u009B1mb\\u0090");
  CHECK(visible(std::string_view("a\0b", 3)) == "a\\u0000b");
}

TEST_CASE("what turns or hides letters is written out", "[base]") {
  CHECK(visible("\u202Egpj.exe") == "\\u202Egpj.exe");
  CHECK(visible("\u2066a\u2069") == "\\u2066a\\u2069");
  CHECK(visible("a\u200Bb\uFEFFc\u00ADd\u061Ce") == "a\\u200Bb\\uFEFFc\\u00ADd\\u061Ce");
  CHECK(visible("a\U000E0041b") == "a\\uDB40\\uDC41b");
}

TEST_CASE("bytes that are not UTF-8 are shown as bytes", "[base]") {
  CHECK(visible("a\xff\xc3") == "a\\xFF\\xC3");
  CHECK(visible("\xed\xa0\x80") == "\\xED\\xA0\\x80");  // half a surrogate pair
  CHECK(visible("\xc0\x9b") == "\\xC0\\x9B");           // ESC written too long
}

TEST_CASE("one line stays one line", "[base]") {
  CHECK(visible("a\r\nb\tc\u0085d\u2028e\u00A0f") == "a  b c d e f");
}

TEST_CASE("in several lines only their ends are let through", "[base]") {
  CHECK(visible_lines("a\nb\rc\x1b\u0085\u2028") == "a\nb c\\u001B\\u0085\\u2028");
  CHECK(visible_lines("\"\xff\"") == "\"\\uFFFD\"");
}

TEST_CASE("in XML it is written as XML does", "[base]") {
  CHECK(visible_xml("<a>\u202E\u0085\u009b</a>\n") == "<a>&#x202E;&#x0085;&#x009B;</a>\n");
  CHECK(visible_xml("\U000E0041") == "&#x0E0041;");
}
