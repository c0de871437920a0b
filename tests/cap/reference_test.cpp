#include "protocols/cap/reference.hpp"

#include <cstdlib>
#include <fstream>
#include <set>

#include "protocols/cap/rules.hpp"
#include "protocols/cap/settings.hpp"
#include "tests/cap/sample.hpp"
#include "tests/support/catch.hpp"

namespace siaga::cap::test {

TEST_CASE("the folder's README says what the tables say", "[cap]") {
  auto const file = "../../protocols/cap/README.md";
  if (std::getenv("SIAGA_UPDATE") != nullptr) std::ofstream(file) << reference();
  CHECK(file_text(file) == reference());
}

TEST_CASE("no two rules have one id", "[cap]") {
  std::set<std::string> ids;
  for (auto const& rule : all_rules()) {
    INFO(rule.id);
    CHECK(ids.insert(rule.id).second);
  }
  CHECK(ids.size() > 150);
}

TEST_CASE("a rule's id says who asks it", "[cap]") {
  for (auto const& check : checks()) {
    INFO(check.id);
    auto const first = check.id.substr(0, check.id.find('.'));
    auto const expected = check.origin == Origin::standard ? "cap"
                          : check.origin == Origin::policy ? "policy"
                                                           : "advice";
    CHECK(first == expected);
    CHECK(!check.indonesian.empty());
    CHECK(!check.english.empty());
  }
}

TEST_CASE("the settings' defaults are those of the contract", "[cap]") {
  Settings const settings;
  CHECK(settings.bytes_max == 262144);
  CHECK(settings.infos_max == 64);
  CHECK(settings.areas_max == 2000);
  CHECK(settings.points_max == 10000);
  CHECK(settings.expires_required);
  CHECK(settings.ahead_max == std::chrono::minutes(10));
  CHECK(settings.age_max == std::chrono::hours(24));
  CHECK(Settings::fields().find("ahead_max") != nullptr);
}

}  // namespace siaga::cap::test
