#include "gateway/app/health.hpp"
#include "tests/support/catch.hpp"

namespace siaga::test {
namespace {

HealthReadings all_well() {
  HealthReadings now;
  now.channels = {{"sms", LinkState::up, ""}, {"email", LinkState::up, ""}};
  return now;
}

TEST_CASE("a gateway with which all is well says ok and nothing else", "[app]") {
  CHECK(judge(all_well()).text() == "ok\n");
}

TEST_CASE("one channel down or degraded is a line of degraded, never failing", "[app]") {
  auto const state = GENERATE(LinkState::down, LinkState::degraded);
  auto now = all_well();
  now.channels[0] = {"sms", state, "connection refused"};
  CHECK(judge(now).text() ==
        "degraded\nchannel sms is " + std::string(to_word(state)) + ": connection refused\n");
}

TEST_CASE("a trouble of another part is a line of degraded", "[app]") {
  auto now = all_well();
  now.troubles = {"incident rolled-back since 23 Nov 2026 14:30 WITA"};
  CHECK(judge(now).health == Health::degraded);
  CHECK_THAT(judge(now).text(), ContainsSubstring("\nincident rolled-back since"));
}

TEST_CASE("nobody's words drive the terminal that shows /healthz, or forge a line of it", "[app]") {
  auto now = all_well();
  now.troubles = {"peer says \x1b[2J\u202Eok\nok"};
  CHECK(judge(now).text() == "degraded\npeer says \\u001B[2J\\u202Eok ok\n");
}

TEST_CASE("alerts that cannot be taken or receipts that cannot be told are failing, with why",
          "[app]") {
  auto now = all_well();
  std::string why;
  SECTION("the store") {
    now.storage_failing = true;
    why = "the store does not take writes";
  }
  SECTION("no room for alerts") {
    now.store_takes_alerts = false;
    why = "takes no new alerts";
  }
  SECTION("intake") {
    now.intake_connected = now.feed_connected = false;
    why = "the MQTT broker is not connected";
  }
  SECTION("the feed alone") {
    now.feed_connected = false;
    why = "receipts cannot be told";
  }
  SECTION("a receipt that waits") {
    now.outbox_age = std::chrono::seconds(31);
    why = "the oldest waits since 31 s";
  }
  SECTION("every channel") {
    for (auto& channel : now.channels) channel.state = LinkState::down;
    why = "every channel is down";
  }
  CHECK(judge(now).health == Health::failing);
  CHECK_THAT(judge(now).text(), ContainsSubstring("failing\n") && ContainsSubstring(why));
}

TEST_CASE("a receipt that waits half a minute is no failure yet, nor is a gateway without channels",
          "[app]") {
  HealthReadings now;
  now.outbox_age = std::chrono::seconds(30);
  CHECK(judge(now).health == Health::ok);
}

}  // namespace
}  // namespace siaga::test
