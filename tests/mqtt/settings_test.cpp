#include "protocols/mqtt/settings.hpp"

#include "gateway/ports/topics.hpp"
#include "protocols/mqtt/pause.hpp"
#include "tests/support/catch.hpp"

using namespace siaga;
using namespace siaga::mqtt;
using std::chrono::milliseconds;

TEST_CASE("a broker's address carries host, port and whether it is TLS", "[mqtt]") {
  auto const plain = broker_address("mqtt://broker.example");
  REQUIRE(plain);
  CHECK(plain->host == "broker.example");
  CHECK(plain->port == 1883);
  CHECK_FALSE(plain->tls);
  auto const secure = broker_address("mqtts://[::1]:18883/");
  REQUIRE(secure);
  CHECK(secure->host == "::1");
  CHECK(secure->port == 18883);
  CHECK(secure->tls);
  CHECK(broker_address("mqtts://h")->port == 8883);
}

TEST_CASE("a broker's address that cannot be meant is refused with what to write", "[mqtt]") {
  for (std::string const wrong :
       {"", "broker:1883", "tcp://h:1", "mqtt://", "mqtt://:1883", "mqtt://u:p@h", "mqtt://h/topic",
        "mqtt://h?x=1", "mqtt://h:0", "mqtt://h:70000", "mqtt://h:port"}) {
    INFO(wrong);
    auto const address = broker_address(wrong);
    REQUIRE_FALSE(address);
    CHECK(address.error().is(Errc::invalid_configuration));
    CHECK_THAT(address.error().detail, ContainsSubstring("write mqtt://HOST:PORT"));
  }
}

TEST_CASE("only three levels with an agency are topics of ours", "[mqtt]") {
  CHECK(topics::is_inbound("siaga/alert/polres"));
  CHECK(topics::is_inbound("siaga/ack/bpbd"));
  for (std::string const foreign :
       {"siaga/alert", "siaga/alert/", "siaga/alert/a/b", "siaga/ack/a/", "siaga/receipt/polres",
        "Siaga/alert/polres", "/siaga/alert/polres", "siaga/alert/+", "siaga/alert/#", ""}) {
    INFO(foreign);
    CHECK_FALSE(topics::is_inbound(foreign));
  }
  CHECK_FALSE(topics::is_inbound(std::string("siaga/alert/a\0b", 15)));
}

TEST_CASE("pauses between connect attempts double up to the longest", "[mqtt]") {
  Settings settings;
  settings.reconnect_min = milliseconds(500);
  settings.reconnect_max = milliseconds(3'000);
  CHECK(pause_after(1, settings, 0) == milliseconds(500));
  CHECK(pause_after(2, settings, 0) == milliseconds(1'000));
  CHECK(pause_after(3, settings, 0) == milliseconds(2'000));
  CHECK(pause_after(4, settings, 0) == milliseconds(3'000));
  CHECK(pause_after(1'000'000, settings, 0) == milliseconds(3'000));
}

TEST_CASE("jitter takes up to half off a pause and never lengthens it", "[mqtt]") {
  Settings settings;
  settings.reconnect_min = milliseconds(1'000);
  CHECK(pause_after(1, settings, 0.5) == milliseconds(750));
  CHECK(pause_after(1, settings, 0.999) >= milliseconds(500));
}

TEST_CASE("every default of [mqtt] lies in its own range", "[mqtt]") {
  for (auto const& field : Settings::fields().all()) {
    INFO(field.key);
    if (auto const* duration = std::get_if<milliseconds>(&field.default_value)) {
      CHECK(static_cast<double>(duration->count()) >= field.min);
      CHECK(static_cast<double>(duration->count()) <= field.max);
    }
    if (auto const* number = std::get_if<std::int64_t>(&field.default_value)) {
      CHECK(static_cast<double>(*number) >= field.min);
      CHECK(static_cast<double>(*number) <= field.max);
    }
  }
}
