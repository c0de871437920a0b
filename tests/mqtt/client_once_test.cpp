#include "protocols/mqtt/client_once.hpp"

#include <future>

#include "tests/support/catch.hpp"
#include "tests/support/mosquitto.hpp"

using namespace siaga;
using namespace std::chrono_literals;

namespace {

mqtt::Settings settings_of(test::Mosquitto const& broker) {
  mqtt::Settings settings;
  settings.url = broker.url();
  return settings;
}

}  // namespace

TEST_CASE("an alert sent from the command line waits for its own receipt", "[mqtt]") {
  test::Mosquitto broker;
  broker.start();
  auto const gateway = broker.subscribe("siaga/alert/polres", {"-F", "got|%C|%R|%D|%p"});
  auto sent = std::async(std::launch::async, [&] {
    return mqtt::publish_and_wait(settings_of(broker),
                                  {"polres", "<alert/>", "application/cap+xml"}, 10s);
  });
  auto const line = gateway->line_with("got|application/cap+xml|siaga/receipt/polres|", 10s);
  REQUIRE(line);
  auto const mark = line->substr(line->find("polres|") + 7, 16);
  broker.publish("siaga/receipt/polres", "somebody else's");
  broker.publish("siaga/receipt/polres", "mine", {"-D", "publish", "correlation-data", mark});
  auto const receipt = sent.get();
  REQUIRE(receipt);
  CHECK(*receipt == "mine");
}

TEST_CASE("an alert carries the user properties it is given", "[mqtt]") {
  test::Mosquitto broker;
  broker.start();
  auto const gateway = broker.subscribe("siaga/alert/polres", {"-F", "got|%P|%p"});
  mqtt::OneAlert alert{"polres", "<alert/>", "", {{"sig", "s;1"}, {"key", "k-1"}}};
  auto const receipt = mqtt::publish_and_wait(settings_of(broker), std::move(alert), 500ms);
  CHECK_FALSE(receipt);  // there is no gateway
  CHECK(gateway->line_with("got|sig:s;1 key:k-1|<alert/>", 10s));
}

TEST_CASE("no receipt in time is told as unknown, with what to do", "[mqtt]") {
  test::Mosquitto broker;
  broker.start();
  auto const receipt = mqtt::publish_and_wait(settings_of(broker), {"polres", "<alert/>", ""}, 1s);
  REQUIRE_FALSE(receipt);
  CHECK(receipt.error().is(Errc::timed_out));
  CHECK_THAT(receipt.error().detail, ContainsSubstring("send the same file again"));
}

TEST_CASE("a broker that is not there is told at once", "[mqtt]") {
  mqtt::Settings settings;
  settings.url = "mqtt://127.0.0.1:" + std::to_string(test::free_port());
  auto const receipt = mqtt::publish_and_wait(settings, {"polres", "<alert/>", ""}, 10s);
  REQUIRE_FALSE(receipt);
  INFO(receipt.error().text());
  CHECK(receipt.error().is(Errc::connect_failed));
}

TEST_CASE("an agency that is no single topic level is refused before anything is sent", "[mqtt]") {
  for (std::string const agency : {"", "a/b", "+", "#"}) {
    auto const receipt = mqtt::publish_and_wait(mqtt::Settings(), {agency, "<alert/>", ""}, 1s);
    REQUIRE_FALSE(receipt);
    CHECK(receipt.error().is(Errc::invalid_argument));
  }
}
