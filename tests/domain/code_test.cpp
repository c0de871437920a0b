#include "gateway/domain/code.hpp"

#include <set>

#include "tests/support/catch.hpp"

using namespace siaga;

TEST_CASE("a code carries its check digit and its leading zeros", "[domain]") {
  CHECK(code_of(572, 4) == "5724");
  CHECK(code_of(7, 4).size() == 4);
  CHECK(code_of(7, 4).substr(0, 3) == "007");
  CHECK(code_of(1234, 5).substr(0, 4) == "1234");
}

TEST_CASE("every code given is a code, and no two are the same", "[domain]") {
  std::set<std::string> seen;
  for (std::uint32_t number = 0; number < 1000; ++number) {
    auto const code = code_of(number, 4);
    REQUIRE(is_code(code));
    seen.insert(code);
  }
  CHECK(seen.size() == 1000);
}

TEST_CASE("a code with one wrong digit names no alert", "[domain]") {
  for (std::uint32_t number = 0; number < 1000; ++number) {
    auto const code = code_of(number, 4);
    for (std::size_t place = 0; place < code.size(); ++place)
      for (char digit = '0'; digit <= '9'; ++digit) {
        auto wrong = code;
        wrong[place] = digit;
        REQUIRE(is_code(wrong) == (wrong == code));
      }
  }
}

TEST_CASE("a code with two swapped neighbours names no alert", "[domain]") {
  for (std::uint32_t number = 0; number < 10'000; ++number) {
    auto const code = code_of(number, 5);
    for (std::size_t place = 0; place + 1 < code.size(); ++place) {
      auto wrong = code;
      std::swap(wrong[place], wrong[place + 1]);
      REQUIRE(is_code(wrong) == (wrong == code));
    }
  }
}

TEST_CASE("only four or five digits can be a code", "[domain]") {
  CHECK_FALSE(is_code(""));
  CHECK_FALSE(is_code("000"));
  CHECK(is_code("0000"));
  CHECK_FALSE(is_code("000000"));
  CHECK_FALSE(is_code("572 4"));
  CHECK_FALSE(is_code("-5724"));
}
