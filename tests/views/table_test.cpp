#include "gateway/views/table.hpp"

#include <boost/json/parse.hpp>
#include <sstream>

#include "tests/support/catch.hpp"

using namespace siaga::views;

namespace {

std::string table(std::vector<Column> const& columns, std::vector<Row> const& rows) {
  std::ostringstream out;
  write_table(out, columns, rows);
  return out.str();
}

}  // namespace

TEST_CASE("columns are as wide as their widest cell", "[views]") {
  CHECK(table({{"A"}, {"LONG"}}, {{"1", "x"}, {"22222", "y"}}) ==
        "A      LONG\n1      x\n22222  y\n");
}

TEST_CASE("what does not fit in 100 columns goes on below, whole", "[views]") {
  std::string const long_text(150, 'x');
  auto const text = table({{"ID"}, {"TEXT", true}, {"AT"}},
                          {{"123456789", "menuju " + long_text, "2026-11-23 14:30:00 WITA"}});
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) CHECK(width(line) <= columns_max);
  CHECK_THAT(text, ContainsSubstring("123456789"));
  CHECK_THAT(text, ContainsSubstring("2026-11-23 14:30:00 WITA"));
  CHECK_THAT(text, ContainsSubstring("\n    menuju\n    " + std::string(95, 'x') + "\n    " +
                                     std::string(55, 'x') + "\n"));
}

TEST_CASE("a row of nothing but long cells still fits", "[views]") {
  std::vector<Column> columns;
  Row row;
  for (int i = 0; i < 10; ++i) {
    columns.push_back({"HEAD", i % 2 == 0});
    row.push_back(std::string(60, 'y'));
  }
  std::istringstream lines(table(columns, {row}));
  for (std::string line; std::getline(lines, line);) CHECK(width(line) <= columns_max);
}

TEST_CASE("a letter of several bytes counts as one and is never split", "[views]") {
  CHECK(width("é€😀") == 3);
  CHECK(plain("é€😀", 3) == "é€😀");
  CHECK(plain("é€😀", 2) == "é…");
}

TEST_CASE("text from outside cannot drive the terminal", "[views]") {
  CHECK(plain("a\x1b[2Jb\r\nc\x7f") == "a\\u001B[2Jb  c\\u007F");
  CHECK(plain("a\xc2\x9b"
              "31mb") == "a\\u009B31mb");
  auto const text = table({{"WHAT"}, {"AT"}}, {{"a\u202Eb\u200B", "now"}, {"c", "then"}});
  CHECK(text == "WHAT            AT\na\\u202Eb\\u200B  now\nc               then\n");
}

TEST_CASE("CSV quotes what it must and disarms formulas", "[views]") {
  boost::json::object row;
  row["plain"] = "siap";
  row["quoted"] = "di \"gerbang\", depan";
  row["formula"] = "=HYPERLINK(\"x\")";
  row["behind"] = "  =1+1";
  row["wide"] = "＠SUM";
  row["hostile"] = "a\x1b[2J\u202E\r\nb";
  row["number"] = -5;
  row["nothing"] = nullptr;
  std::ostringstream out;
  write_csv(
      out, {row},
      {"plain", "quoted", "formula", "behind", "wide", "hostile", "number", "nothing", "absent"});
  CHECK(out.str() ==
        "plain,quoted,formula,behind,wide,hostile,number,nothing,absent\n"
        "siap,\"di \"\"gerbang\"\", depan\",\"'=HYPERLINK(\"\"x\"\")\",'  =1+1,'＠SUM,"
        "a\\u001B[2J\\u202E  b,-5,,\n");
}

TEST_CASE("JSON is one array, also when there is nothing", "[views]") {
  std::ostringstream none, two;
  write_json(none, {});
  CHECK(none.str() == "[]\n");
  write_json(two, {{{"a", 1}}, {{"a", 2}}});
  CHECK(two.str() == "[\n{\"a\":1},\n{\"a\":2}\n]\n");
}

TEST_CASE("what a terminal would obey is escaped in JSON, and reads the same again", "[views]") {
  std::string const hostile = "a\x1b[2J\u009B\u202E\u2066\uFEFF\U000E0041\u2028b\x7f";
  std::ostringstream out;
  write_json(out, {{{"a", hostile}}});
  for (char const c : out.str()) CHECK((c == '\n' || (c >= ' ' && c <= '~')));
  auto const again = boost::json::parse(out.str()).as_array().at(0).as_object();
  CHECK(std::string(again.at("a").as_string()) == hostile);
}
