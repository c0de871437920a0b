#include "gateway/domain/level.hpp"

#include "tests/support/catch.hpp"

using namespace siaga;

TEST_CASE("the first rule that fits gives the level", "[domain]") {
  LevelTable const table(
      {{{Severity::extreme}, {Urgency::immediate}, {}, Level::awas, "SIAGA 1 (AWAS)"},
       {{Severity::extreme, Severity::severe}, {}, {}, Level::siaga, ""}});
  Info info;
  info.severity = Severity::extreme;
  info.urgency = Urgency::immediate;
  CHECK(table.of(info) == Level::awas);
  CHECK(table.label_of(info) == "SIAGA 1 (AWAS)");
  info.urgency = Urgency::future;
  CHECK(table.label_of(info) == "SIAGA");
  info.severity = Severity::minor;
  CHECK(table.label_of(info) == "INFO");
}
