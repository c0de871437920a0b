// Files that are not TOML, or not there.
#include "tests/config/written.hpp"
#include "tests/support/catch.hpp"

using namespace siaga::config;
using namespace siaga::config::test;

TEST_CASE("a line that is not TOML does not hide the problems of the others", "[config]") {
  auto main = with(good_main, "kind = \"smtp\"", "url = = 5\nkind = \"smtp\"\nport = 25");
  main = with(main, "name = \"bontang\"", "name = \"bontang\"\nlanguage = id");
  auto const text = problems_of(main, good_directory);
  CHECK_THAT(text, ContainsSubstring("siaga.toml:3:"));
  CHECK_THAT(text, ContainsSubstring("siaga.toml:12:7: not valid TOML"));
  CHECK_THAT(text, ContainsSubstring("siaga.toml:14:1: unknown key 'port'"));
  CHECK(std::count(text.begin(), text.end(), '\n') == 3);
}

TEST_CASE("what a line left out may have said is not called missing", "[config]") {
  auto const main = with(good_main, "host = \"127.0.0.1\"", "host = 127.0.0.1");
  auto const text = problems_of(main, good_directory);
  CHECK_THAT(text, ContainsSubstring("siaga.toml:8:"));
  CHECK_THAT(text, !ContainsSubstring("needs 'host'"));
}

TEST_CASE("a key given twice is reported where it comes again", "[config]") {
  auto const main = with(good_main, "name = \"bontang\"", "name = \"bontang\"\nname = \"again\"");
  CHECK_THAT(problems_of(main, good_directory), ContainsSubstring("siaga.toml:3:"));
}

TEST_CASE("a bracket that is never closed is reported once", "[config]") {
  auto const main = with(good_main, "senders = [\"spkt@polres.example\"]", "senders = [\"spkt");
  auto const text = problems_of(main, good_directory);
  CHECK(std::count(text.begin(), text.end(), '\n') == 1);
  CHECK_THAT(text, ContainsSubstring("not valid TOML"));
}

TEST_CASE("a broken directory does not make its officers unknown", "[config]") {
  auto const text =
      problems_of(good_main, with(good_directory, "name = \"Kabag Ops\"", "name = Kabag Ops"));
  CHECK_THAT(text, ContainsSubstring("directory.toml:10:"));
  CHECK(std::count(text.begin(), text.end(), '\n') == 1);
  auto const worse = problems_of(good_main, with(good_directory, "[[team]]", "[[team"));
  CHECK(std::count(worse.begin(), worse.end(), '\n') == 1);
}

TEST_CASE("a file that cannot be read says so and what to do", "[config]") {
  Written written;
  CHECK_THAT(written.problems(),
             ContainsSubstring("siaga.toml:1:1: cannot read this file, No such file"));
  written.file("siaga.toml", good_main);
  CHECK_THAT(written.problems(),
             ContainsSubstring("siaga.toml:1:1: [gateway] directory names directory.toml, which"));
}

TEST_CASE("bytes that are no text are a problem, not a crash", "[config]") {
  for (auto const& bytes :
       {std::string("\0\0\0\0", 4), std::string("\xff\xfe\x00\x01", 4), std::string(100'000, '['),
        std::string(5000, '{') + "=", "a = " + std::string(100'000, '[')}) {
    Written written;
    written.file("siaga.toml", bytes);
    CHECK_FALSE(written.load().usable());
  }
}
