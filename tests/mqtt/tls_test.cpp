#include "protocols/mqtt/intake.hpp"
#include "tests/mqtt/core_thread.hpp"
#include "tests/mqtt/inbox_double.hpp"
#include "tests/support/authority.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/mosquitto.hpp"

using namespace siaga;
using namespace std::chrono_literals;
using test::comes_true;

namespace {

std::string secure_listener(test::Authority const& authority, std::uint16_t port) {
  return "listener " + std::to_string(port) + " 127.0.0.1\ncafile " + authority.file("ca.pem") +
         "\ncertfile " + authority.file("broker.pem") + "\nkeyfile " +
         authority.file("broker.key") +
         "\nrequire_certificate true\nuse_identity_as_username true\nallow_anonymous false\n";
}

struct World {
  test::Authority authority;
  std::uint16_t port = test::free_port();
  test::CoreThread core;
  test::FakeClock clock;
  test::InboxDouble inbox;
  mqtt::Settings settings;

  explicit World(std::string const& broker_name) {
    authority.sign("broker", broker_name);
    authority.sign("gateway", "DNS:gateway");
    settings.url = "mqtts://127.0.0.1:" + std::to_string(port);
    settings.ca_file = authority.file("ca.pem");
    settings.cert_file = authority.file("gateway.pem");
    settings.key_file = authority.file("gateway.key");
    settings.reconnect_min = 50ms;
    settings.reconnect_max = 100ms;
  }
  std::unique_ptr<mqtt::Intake> intake() {
    mqtt::IntakeContext context{core.executor(), settings, "unit", inbox, clock};
    auto made = std::make_unique<mqtt::Intake>(std::move(context));
    made->start();
    return made;
  }
  void publish(std::string const& payload) {
    auto const done = test::run_child(
        {"mosquitto_pub", "-V", "5", "-h", "127.0.0.1", "-p", std::to_string(port), "--cafile",
         authority.file("ca.pem"), "--cert", authority.file("gateway.pem"), "--key",
         authority.file("gateway.key"), "-q", "1", "-t", "siaga/alert/polres", "-m", payload},
        10s);
    REQUIRE(done.exit_code == 0);
  }
};

}  // namespace

TEST_CASE("with certificates on both sides alerts arrive over TLS", "[mqtt]") {
  World world("IP:127.0.0.1");
  test::Mosquitto broker(secure_listener(world.authority, world.port));
  broker.start();
  auto const intake = world.intake();
  REQUIRE(comes_true(10s, [&] { return intake->connected(); }));
  world.publish("secure");
  REQUIRE(world.inbox.kept_within(1, 10s));
}

TEST_CASE("over TLS too, what the store refuses is not acknowledged", "[mqtt]") {
  World world("IP:127.0.0.1");
  test::Mosquitto broker(secure_listener(world.authority, world.port));
  broker.start();
  auto const intake = world.intake();
  REQUIRE(comes_true(10s, [&] { return intake->connected(); }));
  world.inbox.refuse_with(Errc::storage_full);
  world.publish("one");
  world.publish("two");
  REQUIRE(world.inbox.refused_within(2, 10s));
  world.inbox.take_again();
  REQUIRE(world.inbox.kept_within(2, 10s));
  CHECK(world.inbox.payloads() == std::vector<std::string>{"one", "two"});
}

TEST_CASE("a broker whose certificate is for another host is not trusted", "[mqtt]") {
  World world("DNS:elsewhere.example");
  test::Mosquitto broker(secure_listener(world.authority, world.port));
  broker.start();
  auto const intake = world.intake();
  CHECK_FALSE(comes_true(700ms, [&] { return intake->connected(); }));
}

TEST_CASE("a broker signed by another authority is not trusted", "[mqtt]") {
  World world("IP:127.0.0.1");
  test::Mosquitto broker(secure_listener(world.authority, world.port));
  broker.start();
  test::Authority const other;
  world.settings.ca_file = other.file("ca.pem");
  auto const intake = world.intake();
  CHECK_FALSE(comes_true(700ms, [&] { return intake->connected(); }));
}
