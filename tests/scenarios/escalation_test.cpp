#include "tests/scenarios/stage.hpp"
#include "tests/support/catch.hpp"

namespace siaga::test {
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

TEST_CASE("an alert nobody answers reaches the next step when its time has come", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  CHECK_THAT(stage.feed.last("siaga/receipt/polres"), ContainsSubstring("\"accepted\""));
  stage.advance(minutes(4) + seconds(59));
  CHECK(stage.sms.to(kabag) == 0);
  stage.advance(seconds(1));
  stage.until([&] { return stage.sms.to(kabag) == 1; });
  CHECK(stage.sms.to(piket) == 1);
  CHECK(rows(stage.log(), "step-started") >= 1);
}

TEST_CASE("the second officer's answer ends the escalation and the log tells who, when and how",
          "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.publish(AlertText().text());
  stage.advance(minutes(5));
  stage.until([&] { return stage.sms.to(kabag) == 1; });
  stage.reply(kabag, "SIAP " + stage.code() + " menuju lokasi");
  auto const detail = stage.detail("polres-0001");
  CHECK(detail.row.state == AlertState::acknowledged);
  REQUIRE(detail.acknowledgements.size() == 1);
  auto const& answer = detail.acknowledgements.front();
  CHECK(answer.officer == OfficerId("kabag"));
  CHECK(answer.via == Via::sms);
  CHECK(answer.evidence == Evidence::address_and_code);
  CHECK(answer.text == "menuju lokasi");
  CHECK(answer.delay == minutes(5));
}

TEST_CASE("a refusal starts the next step at once", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  stage.reply(piket, "TIDAK " + stage.code());
  stage.until([&] { return stage.sms.to(kabag) == 1; });
  CHECK(stage.detail("polres-0001").row.state == AlertState::open);
}

TEST_CASE("a step that resolves to nobody is an incident and the next step starts at once",
          "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.team("kosong", {});
  Policy policy;
  policy.id = PolicyId("lubang");
  policy.steps = {step(seconds(0), "kosong"), step(minutes(5), "kabag")};
  stage.policy(policy);
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(kabag) == 1; });
  CHECK(rows(stage.log(), "step-empty") == 1);
  auto const told = [&](auto const& message) {
    return message.topic == "siaga/receipt/polres" &&
           message.payload.find("policy.step-empty") != std::string::npos;
  };
  stage.until([&] { return std::ranges::any_of(stage.feed.said, told); });
}

TEST_CASE("a step whose every message has failed for good starts the next step at once",
          "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.sms.outcome = [](Message const& message) -> SendOutcome {
    if (message.address == piket) return Failed("number not in service");
    return Sent();
  };
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(kabag) == 1; });
}

TEST_CASE("the ladder is repeated while nobody has answered, and then rests", "[scenario]") {
  Stage stage;
  two_steps(stage);
  auto policy = stage.setting().routing.policies.front();
  policy.repeat = 2;
  stage.policy(policy);
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  stage.advance(minutes(5));
  stage.until([&] { return stage.sms.to(kabag) == 1; });
  stage.advance(minutes(5));
  stage.until([&] { return stage.sms.to(piket) == 2; });
  stage.advance(minutes(5));
  stage.until([&] { return stage.sms.to(kabag) == 2; });
  stage.advance(hours(1));
  CHECK(stage.sms.to(piket) == 2);
  CHECK(stage.sms.to(kabag) == 2);
}

TEST_CASE("a wall clock set back or forward by hours moves no step", "[scenario]") {
  for (auto const by : {hours(-3), hours(3)}) {
    Stage stage;
    two_steps(stage);
    stage.open();
    stage.publish(AlertText().text());
    stage.until([&] { return stage.sms.to(piket) == 1; });
    stage.clock.step_wall(by);
    stage.advance(minutes(4));
    CHECK(stage.sms.to(kabag) == 0);
    stage.advance(minutes(1));
    stage.until([&] { return stage.sms.to(kabag) == 1; });
  }
}

TEST_CASE("a step's deadline survives a restart", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  stage.settle();
  stage.close();
  stage.clock.advance(minutes(3));
  stage.open();
  stage.advance(minutes(1));
  CHECK(stage.sms.to(kabag) == 0);
  stage.advance(minutes(1));
  stage.until([&] { return stage.sms.to(kabag) == 1; });
  CHECK(stage.sms.to(piket) == 1);
}

TEST_CASE("who a later step reaches is what the directory says when it starts", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  stage.officer("kabag-baru", "+6281200000003");
  stage.team("kabag", {"kabag-baru"});
  stage.swap_world();
  stage.advance(minutes(5));
  stage.until([&] { return stage.sms.to("+6281200000003") == 1; });
  CHECK(stage.sms.to(kabag) == 0);
}

TEST_CASE("the radio is told once per step, not once per officer", "[scenario]") {
  Stage stage;
  two_steps(stage);
  Policy policy;
  policy.id = PolicyId("radio");
  policy.steps = {step(seconds(0), "piket", {"sms", "radio"})};
  stage.team("piket-dua", {"piket", "kabag"});
  policy.steps.front().teams.emplace_back("piket-dua");
  stage.policy(policy);
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.begun.size() == 2 && stage.radio.begun.size() == 1; });
}

TEST_CASE("five refusals of one step start one step, not five", "[scenario]") {
  Stage stage;
  std::vector<std::string> members;
  for (int i = 0; i < 5; ++i) {
    members.push_back("p" + std::to_string(i));
    stage.officer(members.back(), "+628130000000" + std::to_string(i));
  }
  two_steps(stage);
  stage.team("lima", members);
  Policy policy;
  policy.id = PolicyId("lima");
  policy.steps = {step(seconds(0), "lima"), step(minutes(5), "kabag"), step(minutes(9), "piket")};
  policy.repeat = 3;
  stage.policy(policy);
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.begun.size() == 5; });
  stage.settle();
  for (int i = 0; i < 5; ++i)
    stage.reply("+628130000000" + std::to_string(i), "TOLAK " + stage.code());
  stage.until([&] { return stage.sms.to(kabag) == 1; });
  stage.advance(minutes(3));
  CHECK(stage.sms.begun.size() == 6);
  stage.reply(kabag, "TOLAK " + stage.code());
  stage.until([&] { return stage.sms.to(piket) == 1; });
}

TEST_CASE("who has accepted is not told again when the ladder is repeated", "[scenario]") {
  Stage stage;
  two_steps(stage);
  auto policy = stage.setting().routing.policies.front();
  policy.repeat = 2;
  policy.acks_needed = 2;
  stage.policy(policy);
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  stage.settle();
  stage.reply(piket, "SIAP " + stage.code());
  stage.advance(minutes(5));
  stage.until([&] { return stage.sms.to(kabag) == 1; });
  stage.advance(minutes(5));
  stage.advance(minutes(5));
  stage.until([&] { return stage.sms.to(kabag) == 2; });
  CHECK(stage.sms.to(piket) == 1);
}

TEST_CASE("a failed step hurries its own ladder only", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.officer("lain", "+6281200000004");
  stage.officer("lain-dua", "+6281200000005");
  stage.team("lain", {"lain"});
  stage.team("lain-dua", {"lain-dua"});
  auto& routing = stage.setting().routing;
  auto both = routing.routes.front();
  routing.routes.front().continues = true;
  both.policy = PolicyId("lain");
  routing.routes.push_back(both);
  Policy other;
  other.id = PolicyId("lain");
  other.steps = {step(seconds(0), "lain"), step(minutes(5), "lain-dua")};
  routing.policies.push_back(other);
  stage.sms.outcome = [](Message const& message) -> SendOutcome {
    if (message.address == piket) return Failed("number not in service");
    return Sent();
  };
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(kabag) == 1; });
  stage.settle();
  CHECK(stage.sms.to("+6281200000005") == 0);
}

}  // namespace siaga::test
