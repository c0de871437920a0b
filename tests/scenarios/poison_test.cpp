#include "tests/scenarios/stage.hpp"
#include "tests/support/catch.hpp"

// What the broker cannot bear, or does not take, stops nothing else that is to be said.
namespace siaga::test {
using namespace std::chrono_literals;

namespace {

AlertText alert_named(std::string identifier) {
  AlertText text;
  text.identifier = std::move(identifier);
  return text;
}

bool is_receipt_of(OutgoingMessage const& message, std::string const& identifier) {
  return message.topic.starts_with("siaga/receipt/") &&
         message.payload.find(identifier) != std::string::npos;
}

bool receipted(Stage const& stage, std::string const& identifier) {
  return std::ranges::any_of(stage.feed.said, [&](OutgoingMessage const& message) {
    return is_receipt_of(message, identifier);
  });
}

std::size_t incident_rows(Stage& stage, std::string const& kind, std::string const& about) {
  auto const log = stage.log();
  return static_cast<std::size_t>(std::ranges::count_if(log, [&](journal::LogRow const& row) {
    return row.kind == kind && row.detail.find(about) != std::string::npos;
  }));
}

// The receipt of polres-0001 ends every connection it is written to.
void poison(Stage& stage) {
  two_steps(stage);
  stage.feed.ends_at = [](OutgoingMessage const& message) {
    return is_receipt_of(message, "polres-0001");
  };
  stage.open();
  stage.publish(alert_named("polres-0001").text());
}

// Others pass between its tries, until it is set aside.
void set_aside(Stage& stage) {
  for (int i = 2; i < 20 && incident_rows(stage, "incident", "message-set-aside") == 0; ++i) {
    stage.publish(alert_named("polres-00" + std::to_string(10 + i)).text());
    stage.advance(2s);
    CHECK(receipted(stage, "polres-00" + std::to_string(10 + i)));
  }
  REQUIRE(incident_rows(stage, "incident", "message-set-aside") == 1);
}

}  // namespace

TEST_CASE("a receipt that ends the connection stops no other receipt, status or state",
          "[scenario]") {
  Stage stage;
  poison(stage);
  stage.advance(2s);
  stage.publish(alert_named("polres-0002").text());
  stage.advance(2s);
  CHECK(receipted(stage, "polres-0002"));
  CHECK_FALSE(stage.feed.last("siaga/status/polres/1").empty());
  CHECK_FALSE(stage.feed.last("siaga/gateway/").empty());
}

TEST_CASE("a receipt that ends the connection three times alone is set aside, and then tried less",
          "[scenario]") {
  Stage stage;
  poison(stage);
  set_aside(stage);
  auto const before = stage.feed.ended;
  CHECK(before <= 5);
  for (int i = 0; i < 25; ++i) stage.advance(2s);
  CHECK(stage.feed.ended == before);
  CHECK(stage.legs->watch().outbox_age() == 0ms);  // it is no outage: the others are told
  for (int i = 0; i < 10; ++i) stage.advance(2s);
  CHECK(stage.feed.ended == before + 1);
}

TEST_CASE("what was set aside is said when the broker bears it, and the incident ends",
          "[scenario]") {
  Stage stage;
  poison(stage);
  set_aside(stage);
  stage.feed.ends_at = nullptr;
  for (int i = 0; i < 35 && !receipted(stage, "polres-0001"); ++i) stage.advance(2s);
  CHECK(receipted(stage, "polres-0001"));
  stage.advance(2s);
  CHECK(incident_rows(stage, "incident-ended", "message-set-aside") == 1);
}

TEST_CASE("a broker that ends every connection for a minute sets nothing aside", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.feed.ends_at = [](OutgoingMessage const&) { return true; };
  stage.open();
  for (auto const* name : {"polres-0001", "polres-0002", "polres-0003"})
    stage.publish(alert_named(name).text());
  for (int i = 0; i < 60; ++i) stage.advance(1s);
  CHECK(stage.feed.ended > 5);
  stage.feed.ends_at = nullptr;
  for (int i = 0; i < 20; ++i) stage.advance(1s);
  for (auto const* name : {"polres-0001", "polres-0002", "polres-0003"})
    CHECK(receipted(stage, name));
  CHECK(incident_rows(stage, "incident", "message-set-aside") == 0);
}

TEST_CASE("a topic the broker refuses is an incident once, until a publish on it passes",
          "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.feed.refuses = [](OutgoingMessage const& message) {
    return message.topic == "siaga/receipt/polres";
  };
  stage.open();
  for (auto const* name : {"polres-0001", "polres-0002", "polres-0003"})
    stage.publish(alert_named(name).text());
  CHECK(incident_rows(stage, "incident", "publish-refused") == 1);
  CHECK(incident_rows(stage, "incident", "siaga/receipt/polres") == 1);
  stage.feed.refuses = nullptr;
  stage.publish(alert_named("polres-0004").text());
  stage.advance(2s);
  CHECK(incident_rows(stage, "incident-ended", "siaga/receipt/polres") == 1);
}

}  // namespace siaga::test
