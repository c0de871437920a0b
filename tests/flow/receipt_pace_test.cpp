#include "gateway/flow/receipt_pace.hpp"

#include "tests/support/catch.hpp"

using namespace siaga;
using namespace std::chrono_literals;

TEST_CASE("an agency hears of one rejected answer a second, and then how many more there were",
          "[flow]") {
  flow::ReceiptPace pace;
  AgencyId const polres("polres"), bpbd("bpbd");
  SteadyTime const start{};
  CHECK(pace.turn(polres, start) == 0u);
  for (int i = 0; i < 7; ++i) CHECK_FALSE(pace.turn(polres, start + 999ms));
  CHECK(pace.turn(bpbd, start + 999ms) == 0u);
  CHECK(pace.turn(polres, start + 1s) == 7u);
  CHECK(pace.next(polres) == start + 2s);
  CHECK(pace.turn(polres, start + 5s) == 0u);
}
