#include "gateway/cli/table.hpp"

#include <sstream>

#include "tests/support/catch.hpp"

using namespace siaga::cli;

namespace {

std::string table(std::vector<Column> const& columns, std::vector<Row> const& rows) {
  std::ostringstream out;
  write_table(out, columns, rows);
  return out.str();
}

}  // namespace

TEST_CASE("columns are as wide as their widest cell", "[cli]") {
  CHECK(table({{"A"}, {"LONG"}}, {{"1", "x"}, {"22222", "y"}}) ==
        "A      LONG\n1      x\n22222  y\n");
}

TEST_CASE("what does not fit in 100 columns goes on below, whole", "[cli]") {
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

TEST_CASE("a row of nothing but long cells still fits", "[cli]") {
  std::vector<Column> columns;
  Row row;
  for (int i = 0; i < 10; ++i) {
    columns.push_back({"HEAD", i % 2 == 0});
    row.push_back(std::string(60, 'y'));
  }
  std::istringstream lines(table(columns, {row}));
  for (std::string line; std::getline(lines, line);) CHECK(width(line) <= columns_max);
}

TEST_CASE("a letter of several bytes counts as one and is never split", "[cli]") {
  CHECK(width("é€😀") == 3);
  CHECK(plain("é€😀", 3) == "é€😀");
  CHECK(plain("é€😀", 2) == "é…");
}

TEST_CASE("text from outside cannot drive the terminal", "[cli]") {
  CHECK(plain("a\x1b[2Jb\r\nc\x7f") == "a [2Jb  c ");
  CHECK(plain("a\xc2\x9b"
              "31mb") == "a 31mb");
}

TEST_CASE("CSV quotes what it must and disarms formulas", "[cli]") {
  boost::json::object row;
  row["plain"] = "siap";
  row["quoted"] = "di \"gerbang\", depan";
  row["formula"] = "=HYPERLINK(\"x\")";
  row["number"] = -5;
  row["nothing"] = nullptr;
  std::ostringstream out;
  write_csv(out, {row}, {"plain", "quoted", "formula", "number", "nothing", "absent"});
  CHECK(out.str() ==
        "plain,quoted,formula,number,nothing,absent\n"
        "siap,\"di \"\"gerbang\"\", depan\",\"'=HYPERLINK(\"\"x\"\")\",-5,,\n");
}

TEST_CASE("JSON is one array, also when there is nothing", "[cli]") {
  std::ostringstream none, two;
  write_json(none, {});
  CHECK(none.str() == "[]\n");
  write_json(two, {{{"a", 1}}, {{"a", 2}}});
  CHECK(two.str() == "[\n{\"a\":1},\n{\"a\":2}\n]\n");
}
