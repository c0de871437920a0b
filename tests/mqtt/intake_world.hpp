// IntakeWorld: an intake between a real broker and an inbox the test decides for.
#pragma once

#include "protocols/mqtt/intake.hpp"
#include "tests/mqtt/core_thread.hpp"
#include "tests/mqtt/inbox_double.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/mosquitto.hpp"

namespace siaga::test {
using namespace std::chrono_literals;

struct IntakeWorld {
  Mosquitto broker;
  CoreThread core;
  FakeClock clock;
  InboxDouble inbox;
  mqtt::Settings settings;
  mqtt::IntakeEvents events;

  explicit IntakeWorld(std::string more = "") : broker(std::move(more)) {
    broker.start();
    settings.url = broker.url();
    settings.reconnect_min = 50ms;
    settings.reconnect_max = 200ms;
  }
  std::unique_ptr<mqtt::Intake> intake() {
    mqtt::IntakeContext context{core.executor(), settings, "unit", inbox, clock, events};
    auto made = std::make_unique<mqtt::Intake>(std::move(context));
    made->start();
    return made;
  }
  std::unique_ptr<mqtt::Intake> connected_intake() {
    auto made = intake();
    REQUIRE(comes_true(10s, [&] { return made->connected(); }));
    return made;
  }
};

}  // namespace siaga::test
