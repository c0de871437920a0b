#include "gateway/flow/wrong_codes.hpp"

#include "tests/support/catch.hpp"

namespace siaga::flow {
using namespace std::chrono_literals;

namespace {
SteadyTime const start{milliseconds(1'000'000)};
}

TEST_CASE("wrong codes are counted per link until they are forgotten", "[flow]") {
  WrongCodes wrong;
  for (int i = 1; i <= 4; ++i) CHECK(wrong.count(DeliveryId(7), start + i * 1h) == i);
  CHECK(wrong.count(DeliveryId(8), start) == 1);
  wrong.forget(DeliveryId(7));
  CHECK(wrong.count(DeliveryId(7), start) == 1);
}

TEST_CASE("wrong codes of an address are counted for a minute", "[flow]") {
  WrongCodes wrong;
  for (int i = 1; i <= 61; ++i) CHECK(wrong.count_from("192.0.2.1", start + i * 500ms) == i);
  CHECK(wrong.count_from("192.0.2.2", start) == 1);
  CHECK(wrong.count_from("192.0.2.1", start + 60s) == 62);
  CHECK(wrong.count_from("192.0.2.1", start + 61s) == 1);
}

TEST_CASE("whoever tries at very many links makes the oldest counts go, not memory", "[flow]") {
  WrongCodes wrong;
  wrong.count(DeliveryId(1), start);
  wrong.count(DeliveryId(2), start + 1ms);
  wrong.count(DeliveryId(1), start + 2ms);
  for (int i = 0; i < 9'999; ++i) wrong.count(DeliveryId(100 + i), start + 3ms);
  CHECK(wrong.count(DeliveryId(1), start + 4ms) == 3);
  CHECK(wrong.count(DeliveryId(2), start + 4ms) == 1);
}

}  // namespace siaga::flow
