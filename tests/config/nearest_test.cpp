#include "config/nearest.hpp"

#include <vector>

#include "tests/support/catch.hpp"

using namespace siaga::config;

TEST_CASE("a swap of two neighbours is one slip", "[config]") {
  CHECK(edit_distance("prot", "port") == 1);
  CHECK(edit_distance("port", "port") == 0);
  CHECK(edit_distance("Port", "port") == 0);
  CHECK(edit_distance("", "port") == 4);
  CHECK(edit_distance("windows", "window") == 1);
}

TEST_CASE("only a word that is close enough is suggested", "[config]") {
  std::vector<std::string> const known = {"host", "port", "system_id"};
  CHECK(nearest("prot", known) == "port");
  CHECK(nearest("systemid", known) == "system_id");
  CHECK(nearest("certificate", known).empty());
  CHECK(nearest(std::string(100'000, 'x'), known).empty());
  CHECK(did_you_mean("prot", known, "known keys") == "did you mean 'port'?");
  CHECK(did_you_mean("certificate", known, "known keys") == "known keys: host, port, system_id");
}
