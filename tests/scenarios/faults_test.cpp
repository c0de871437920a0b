#include "tests/scenarios/stage.hpp"
#include "tests/support/catch.hpp"

namespace siaga::test {
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

void crowd(Stage& stage, int officers) {
  std::vector<std::string> members;
  for (int i = 0; i < officers; ++i) {
    auto const id = "p" + std::to_string(i);
    stage.officer(id, "+62812" + std::to_string(10'000'000 + i));
    members.push_back(id);
  }
  stage.team("semua", members);
  Policy policy;
  policy.id = PolicyId("semua");
  policy.steps = {step(seconds(0), "semua")};
  stage.policy(policy);
}

}  // namespace

TEST_CASE("what was on the wire at a crash is sent again, marked as possible duplicate",
          "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.sms.holding = true;
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  stage.close();
  stage.sms.holding = false;
  stage.open();
  stage.until([&] { return stage.sms.to(piket) == 2; });
  CHECK_FALSE(stage.sms.begun[0].possible_duplicate);
  CHECK(stage.sms.begun[1].possible_duplicate);
  CHECK(stage.sms.begun[0].delivery == stage.sms.begun[1].delivery);
}

TEST_CASE("a message made durable before a crash is decided after it", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.keep_only(AlertText().text());
  stage.close();
  stage.open();
  stage.until([&] { return stage.sms.to(piket) == 1; });
}

TEST_CASE("a temporary failure is tried again, later each time, until it succeeds", "[scenario]") {
  Stage stage;
  two_steps(stage);
  int tries = 0;
  stage.sms.outcome = [&](Message const&) -> SendOutcome {
    if (++tries < 3) return FailedTemporarily("busy");
    return Sent();
  };
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return tries == 1; });
  stage.settle();
  stage.advance(seconds(3));
  stage.until([&] { return tries == 2; });
  stage.settle();
  stage.advance(seconds(5));
  stage.until([&] { return tries == 3; });
  stage.settle();
  stage.advance(minutes(2));
  CHECK(tries == 3);
}

TEST_CASE("an unknown outcome is sent again, marked", "[scenario]") {
  Stage stage;
  two_steps(stage);
  int tries = 0;
  stage.sms.outcome = [&](Message const&) -> SendOutcome {
    if (++tries == 1) return OutcomeUnknown("no answer to submit_sm");
    return Sent();
  };
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return tries == 1; });
  stage.settle();
  stage.advance(minutes(1));
  stage.until([&] { return tries == 2; });
  CHECK(stage.sms.begun.back().possible_duplicate);
}

// An alert that does not press has been sent once, and nobody knows what became of it.
void leave_in_doubt(Stage& stage) {
  two_steps(stage);
  stage.sms.outcome = [](Message const&) -> SendOutcome { return OutcomeUnknown("no answer"); };
  stage.open();
  AlertText calm;
  calm.severity = "Moderate";
  calm.urgency = "Expected";
  stage.publish(calm.text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  stage.settle();
}

TEST_CASE("a message that does not press waits for a late answer before it is sent again",
          "[scenario]") {
  Stage stage;
  leave_in_doubt(stage);
  stage.advance(seconds(119));
  stage.settle();
  CHECK(stage.sms.to(piket) == 1);
  stage.sms.outcome = nullptr;
  stage.advance(seconds(2));
  stage.until([&] { return stage.sms.to(piket) == 2; });
  CHECK(stage.sms.begun.back().possible_duplicate);
}

TEST_CASE("where no late answer can come a message that does not press is soon sent again",
          "[scenario]") {
  Stage stage;
  stage.sms.late = false;
  leave_in_doubt(stage);
  stage.advance(seconds(3));
  stage.until([&] { return stage.sms.to(piket) == 2; });
  CHECK(stage.sms.begun.back().possible_duplicate);
}

TEST_CASE("what waited for a late answer at a crash is sent at once after it, marked",
          "[scenario]") {
  Stage stage;
  leave_in_doubt(stage);
  stage.close();
  stage.sms.outcome = nullptr;
  stage.open();
  stage.until([&] { return stage.sms.to(piket) == 2; });
  CHECK(stage.sms.begun.back().possible_duplicate);
}

TEST_CASE("a long message of which the network tells only in part has arrived after ten minutes",
          "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.sms.outcome = [](Message const& sent) {
    auto const name = std::to_string(sent.delivery.value);
    return Sent({name + "-1", name + "-2"});
  };
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  stage.settle();
  stage.receipt({ChannelName("sms"), "1-1", DeliveryState::delivered, "", stage.clock.utc_now()});
  auto const state = [&] { return stage.detail("polres-0001").deliveries.at(0).state; };
  for (int minute = 0; minute < 9; ++minute) stage.advance(minutes(1));
  CHECK(state() == DeliveryState::sent);
  stage.advance(minutes(1));
  stage.advance(seconds(1));
  CHECK(state() == DeliveryState::delivered);
  CHECK(rows(stage.log(), "assumed") == 1);
  CHECK_THAT(stage.feed.last("siaga/status/polres/"), ContainsSubstring("\"delivered\":1"));
}

TEST_CASE("a late answer spares the second copy", "[scenario]") {
  Stage stage;
  leave_in_doubt(stage);
  stage.resolve({ChannelName("sms"), stage.sms.begun[0].delivery, Sent({"ref"}), UtcTime()});
  stage.advance(minutes(3));
  stage.settle();
  CHECK(stage.sms.to(piket) == 1);
  CHECK(rows(stage.log(), "resolved") == 1);
}

TEST_CASE("while its channel is down one message a minute tries it, the others wait",
          "[scenario]") {
  Stage stage;
  crowd(stage, 20);
  int tries = 0;
  stage.sms.link = LinkState::down;
  stage.sms.outcome = [&](Message const&) -> SendOutcome {
    ++tries;
    return FailedTemporarily("connection refused", milliseconds(0), true);
  };
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return tries == 1; });
  for (int i = 0; i < 29; ++i) stage.advance(seconds(2));
  CHECK(tries == 1);
  CHECK(rows(stage.log(), "attempted") == 1);
  stage.advance(seconds(4));
  stage.until([&] { return tries == 2; });
  stage.settle();
  stage.sms.link = LinkState::up;
  stage.sms.outcome = nullptr;
  stage.sms.begun.clear();
  stage.advance(seconds(3));
  stage.until([&] { return stage.sms.begun.size() == 20; });
}

TEST_CASE("receipts wait in the outbox while the broker is away", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.feed.away = true;
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  CHECK(stage.feed.last("siaga/receipt/polres").empty());
  stage.close();
  stage.feed.away = false;
  stage.open();
  stage.until([&] { return !stage.feed.last("siaga/receipt/polres").empty(); });
}

TEST_CASE("a large step is planned chunk by chunk and reaches everyone once", "[scenario]") {
  Stage stage;
  stage.chunk = 50;
  crowd(stage, 333);
  stage.sms.width_max = 32;
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.begun.size() == 333; });
  std::set<std::string> addresses;
  for (auto const& message : stage.sms.begun) addresses.insert(message.address);
  CHECK(addresses.size() == 333);
}

TEST_CASE("a large step half planned at a crash is planned to its end after it", "[scenario]") {
  Stage stage;
  stage.chunk = 50;
  crowd(stage, 333);
  stage.sms.width_max = 4;
  stage.open();
  stage.keep_only(AlertText().text());
  stage.until([&] { return !stage.sms.begun.empty(); });
  stage.close();
  stage.open();
  stage.until([&] {
    std::set<std::string> addresses;
    for (auto const& message : stage.sms.begun) addresses.insert(message.address);
    return addresses.size() == 333;
  });
}

TEST_CASE("a more pressing alert overtakes a broadcast under way", "[scenario]") {
  Stage stage;
  stage.chunk = 100;
  crowd(stage, 1000);
  stage.sms.width_max = 1;
  stage.open();
  AlertText broadcast;
  broadcast.severity = "Minor";
  broadcast.urgency = "Future";
  stage.keep_only(broadcast.text());
  stage.until([&] { return stage.sms.begun.size() > 5; });
  AlertText urgent;
  urgent.identifier = "polres-0002";
  urgent.severity = "Extreme";
  urgent.event = "Kebocoran amonia";
  auto const before = stage.sms.begun.size();
  stage.keep_only(urgent.text());
  auto const is_urgent = [](Message const& message) { return message.event == "Kebocoran amonia"; };
  stage.until([&] { return std::ranges::any_of(stage.sms.begun, is_urgent); });
  auto const first = std::ranges::find_if(stage.sms.begun, is_urgent) - stage.sms.begun.begin();
  CHECK(static_cast<std::size_t>(first) - before < 500);
}

}  // namespace siaga::test
