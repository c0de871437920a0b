#include "tests/scenarios/stage.hpp"
#include "tests/support/catch.hpp"

namespace siaga::test {
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

void sms_goes_down(Stage& stage, std::string reason = "connection refused") {
  stage.sms.link = LinkState::down;
  stage.sms.reason = std::move(reason);
  stage.sms.outcome = [](Message const&) -> SendOutcome {
    return FailedTemporarily("connection refused", seconds(1), true);
  };
}

void sms_comes_back(Stage& stage) {
  stage.sms.link = LinkState::up;
  stage.sms.outcome = nullptr;
}

void with_standby(Stage& stage, milliseconds after) {
  two_steps(stage);
  stage.standby_after = after;
  stage.open();
}

bool log_says(Stage& stage, std::string const& part) {
  auto const log = stage.log();
  return std::ranges::any_of(
      log, [&](auto const& row) { return row.detail.find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE("a channel that is down hands over to its standby when its time is up", "[scenario]") {
  Stage stage;
  with_standby(stage, seconds(30));
  sms_goes_down(stage);
  stage.publish(AlertText().text());
  stage.advance(seconds(20));
  CHECK(stage.modem.begun.empty());
  for (int i = 0; i < 4; ++i) stage.advance(seconds(5));
  CHECK(stage.modem.to(piket) == 1);
  CHECK(log_says(stage, "channel=sms kind=alert attempt=1 parts=1 by=modem"));
  CHECK(log_says(stage, "sms is down: connection refused"));
  auto const delivery = stage.detail("polres-0001").deliveries.front();
  CHECK(delivery.state == DeliveryState::sent);
  CHECK(delivery.reason == "by modem, for sms is down: connection refused");
}

TEST_CASE("a channel refused for good hands over at once", "[scenario]") {
  Stage stage;
  with_standby(stage, minutes(10));
  sms_goes_down(stage, "the SMSC refused the password");
  stage.sms.refused = true;
  stage.publish(AlertText().text());
  stage.advance(seconds(2));
  CHECK(stage.modem.to(piket) == 1);
}

TEST_CASE("a channel that is back carries its messages itself", "[scenario]") {
  Stage stage;
  with_standby(stage, seconds(0));
  sms_goes_down(stage);
  stage.publish(AlertText().text());
  stage.advance(seconds(2));
  CHECK(stage.modem.to(piket) == 1);
  sms_comes_back(stage);
  stage.advance(minutes(5));
  CHECK(stage.sms.to(kabag) == 1);
  CHECK(stage.modem.to(kabag) == 0);
}

TEST_CASE("a standby that is down too changes nothing", "[scenario]") {
  Stage stage;
  with_standby(stage, seconds(0));
  sms_goes_down(stage);
  stage.modem.link = LinkState::down;
  stage.publish(AlertText().text());
  stage.advance(minutes(1));
  CHECK(stage.modem.begun.empty());
  sms_comes_back(stage);
  stage.advance(minutes(1));
  CHECK(stage.sms.to(piket) >= 1);
}

TEST_CASE("a standby that takes nothing is not asked again and again", "[scenario]") {
  Stage stage;
  with_standby(stage, seconds(0));
  sms_goes_down(stage);
  int asked = 0;
  stage.modem.outcome = [&asked](Message const&) -> SendOutcome {
    ++asked;
    return FailedTemporarily("no network", seconds(2), true);
  };
  stage.publish(AlertText().text());
  for (int i = 0; i < 10; ++i) stage.advance(seconds(1));
  CHECK(asked >= 2);
  CHECK(asked <= 8);
}

TEST_CASE("the receipt of a message the standby carried finds its delivery", "[scenario]") {
  Stage stage;
  with_standby(stage, seconds(0));
  sms_goes_down(stage);
  stage.publish(AlertText().text());
  stage.advance(seconds(2));
  REQUIRE(stage.modem.to(piket) == 1);
  auto const reference = "ref-" + std::to_string(stage.modem.begun.front().delivery.value);
  Receipt receipt(ChannelName("modem"), reference, DeliveryState::delivered, "",
                  stage.clock.utc_now());
  stage.receipt(receipt);
  CHECK(stage.detail("polres-0001").deliveries.front().state == DeliveryState::delivered);
}

}  // namespace siaga::test
