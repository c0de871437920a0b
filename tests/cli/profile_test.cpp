// What is shipped with the program is true: the reference, the example, the profile of Bontang.
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "gateway/app/rehearsal.hpp"
#include "gateway/cli/exits.hpp"
#include "tests/cli/session.hpp"
#include "tests/support/catch.hpp"

using namespace siaga::cli;
using namespace siaga::cli::test;

namespace {

// With SIAGA_UPDATE=1 the file is written anew instead of compared.
void check_generated(std::string const& file, std::vector<std::string> const& command) {
  auto const done = session(command);
  REQUIRE(done.exit == exit_good);
  if (std::getenv("SIAGA_UPDATE") != nullptr) std::ofstream(source(file)) << done.out;
  std::ostringstream kept;
  kept << std::ifstream(source(file)).rdbuf();
  INFO(file << " is out of date: run this test with SIAGA_UPDATE=1");
  CHECK((kept.str() == done.out));
}

std::string problems(std::string const& file) {
  std::string all;
  for (auto const& problem : siaga::load_configuration(source(file)).problems)
    all += problem.text() + "\n";
  return all;
}

}  // namespace

TEST_CASE("config/README.md and the example files are what the program prints", "[cli]") {
  check_generated("config/README.md", {"reference"});
  check_generated("config/siaga.example.toml", {"reference", "--example"});
  check_generated("config/directory.example.toml", {"reference", "--directory"});
}

TEST_CASE("the example configuration has no problems", "[cli]") {
  CHECK(problems("config/siaga.example.toml") == "");
}

TEST_CASE("the profile of Bontang has no problems", "[cli]") {
  CHECK(problems("config/bontang/siaga.toml") == "");
  auto const done = session({"check", "--config", source("config/bontang/siaga.toml")});
  CHECK(done.exit == exit_good);
  CHECK_THAT(done.out, ContainsSubstring("siaga.toml: good; 3 channels, 10 agencies, 20 officers"));
}
