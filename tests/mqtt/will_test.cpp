#include "tests/support/catch.hpp"
#include "tests/support/mosquitto.hpp"

using namespace siaga;
using namespace std::chrono_literals;

TEST_CASE("a gateway that is killed is told offline by its last will, retained", "[mqtt]") {
  test::Mosquitto broker;
  broker.start();
  auto const listener = broker.subscribe("siaga/gateway/unit");
  test::Child feed({FEED_PROGRAM, broker.url()});
  REQUIRE(feed.line_with("connected", 10s));
  feed.kill();
  CHECK(listener->line_with(R"(> siaga/gateway/unit {"state":"offline"})", 10s));
  auto const later = broker.subscribe("siaga/gateway/unit");
  CHECK(later->line_with(R"(> siaga/gateway/unit {"state":"offline"})", 10s));
}
