#include "tests/scenarios/stage.hpp"
#include "tests/support/catch.hpp"

namespace siaga::test {
using std::chrono::hours;
using std::chrono::seconds;

namespace {

bool said(Stage const& stage, std::string const& topic, std::string const& payload) {
  return std::ranges::any_of(stage.feed.said, [&](OutgoingMessage const& message) {
    return message.topic == topic && message.payload == payload;
  });
}

}  // namespace

TEST_CASE("a receipt the broker refuses holds up no other", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.feed.refuses = [](OutgoingMessage const& message) {
    return message.payload.find("polres-0001") != std::string::npos;
  };
  stage.open();
  stage.publish(AlertText().text());
  AlertText second;
  second.identifier = "polres-0002";
  stage.publish(second.text());
  stage.until([&] {
    return stage.feed.last("siaga/receipt/polres").find("polres-0002") != std::string::npos;
  });
}

TEST_CASE("a new connection to the broker is told everything retained again", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.publish(AlertText().text());
  stage.advance(seconds(61));
  stage.until([&] { return !stage.feed.last("siaga/log/").empty(); });
  stage.settle();
  stage.feed.said.clear();
  stage.legs->connected();
  stage.advance(seconds(1));
  for (std::string const topic : {"siaga/gateway/", "siaga/log/", "siaga/status/polres/"})
    stage.until([&] { return !stage.feed.last(topic).empty(); });
}

TEST_CASE("a checkpoint that could not be said is said when the broker is back", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.publish(AlertText().text());
  stage.feed.away = true;
  stage.advance(seconds(61));
  stage.settle();
  CHECK(stage.feed.last("siaga/log/").empty());
  stage.feed.away = false;
  stage.advance(seconds(2));
  stage.until([&] { return !stage.feed.last("siaga/log/").empty(); });
}

TEST_CASE("a receipt that repeats a sender's words writes out what a terminal would obey",
          "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  AlertText alert;
  alert.identifier = "polres\u009B31m\u202E1";
  stage.publish(alert.text());
  auto const receipt = stage.feed.last("siaga/receipt/polres");
  CHECK(receipt.find("\\u009B31m\\u202E1") != receipt.npos);
  for (auto const* raw : {"\u009B", "\u202E"}) CHECK(receipt.find(raw) == receipt.npos);
}

TEST_CASE("the status of an alert ended for a day is taken back while running", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.publish(AlertText().text());
  stage.advance(hours(7));
  stage.until(
      [&] { return stage.feed.last("siaga/status/polres/").find("expired") != std::string::npos; });
  CHECK_FALSE(said(stage, "siaga/status/polres/1", ""));
  stage.advance(hours(25));
  stage.until([&] { return said(stage, "siaga/status/polres/1", ""); });
}

TEST_CASE("each agency whose officers were told gets the status", "[scenario]") {
  Stage stage;
  stage.officer("pemadam", "+6281200000009", "", "damkar");
  stage.team("piket", {"pemadam"});
  Policy policy;
  policy.id = PolicyId("satu");
  policy.steps = {step(seconds(0), "piket")};
  stage.policy(policy);
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return !stage.feed.last("siaga/status/damkar/1").empty(); });
  stage.until([&] { return !stage.feed.last("siaga/status/polres/1").empty(); });
}

}  // namespace siaga::test
