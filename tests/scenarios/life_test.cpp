#include <algorithm>

#include "tests/scenarios/stage.hpp"
#include "tests/support/catch.hpp"

namespace siaga::test {
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

AlertText follow_up(std::string msg_type, AlertText const& of) {
  AlertText text = of;
  text.identifier = of.identifier + "-" + msg_type;
  text.msg_type = std::move(msg_type);
  text.references = of.reference();
  text.sent = "2026-11-23T14:35:00+08:00";
  return text;
}

}  // namespace

TEST_CASE("an update replaces the alert: those told are told of the change, under the same code",
          "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  AlertText const first;
  stage.publish(first.text());
  stage.advance(minutes(5));
  stage.until([&] { return stage.sms.to(kabag) == 1; });
  stage.settle();
  auto const code = stage.code();
  stage.publish(follow_up("Update", first).text());
  stage.until([&] { return stage.sms.to(piket) == 2 && stage.sms.to(kabag) == 2; });
  for (std::size_t i = 2; i < 4; ++i) {
    CHECK(stage.sms.begun[i].kind == MessageKind::update);
    CHECK(stage.sms.begun[i].code == code);
  }
  CHECK(stage.code() == code);
  CHECK(stage.detail("polres-0001").row.state != AlertState::open);
}

TEST_CASE("a cancel ends the alert and tells exactly those reached", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  AlertText const first;
  stage.publish(first.text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  stage.settle();
  stage.publish(follow_up("Cancel", first).text());
  stage.until([&] { return stage.sms.to(piket) == 2; });
  CHECK(stage.sms.begun.back().kind == MessageKind::cancel);
  CHECK(stage.sms.withdrawn == std::vector<AlertId>{stage.sms.begun.front().alert});
  stage.advance(hours(1));
  CHECK(stage.sms.to(kabag) == 0);
  CHECK(stage.detail("polres-0001").row.state == AlertState::cancelled);
}

TEST_CASE("a cancel never overtakes its alert on the wire", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.sms.holding = true;
  stage.open();
  AlertText const first;
  stage.publish(first.text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  stage.publish(follow_up("Cancel", first).text());
  stage.advance(minutes(1));
  CHECK(stage.sms.to(piket) == 1);
  stage.sms.let_go();
  stage.until([&] { return stage.sms.to(piket) == 2; });
  CHECK(stage.sms.begun.back().kind == MessageKind::cancel);
}

TEST_CASE("a cancel whose alert failed to reach anyone tells nobody", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.sms.outcome = [](Message const&) -> SendOutcome { return FailedTemporarily("busy"); };
  stage.open();
  AlertText const first;
  stage.publish(first.text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  stage.settle();
  stage.publish(follow_up("Cancel", first).text());
  stage.advance(hours(1));
  for (auto const& message : stage.sms.begun) CHECK(message.kind == MessageKind::alert);
}

TEST_CASE("a cancel that comes before its alert is applied when the alert comes", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  AlertText const first;
  stage.publish(follow_up("Cancel", first).text());
  stage.publish(first.text());
  stage.advance(hours(1));
  CHECK(stage.sms.begun.empty());
  CHECK(stage.detail("polres-0001").row.state == AlertState::cancelled);
}

TEST_CASE("nothing is sent past the alert's expiry", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.sms.outcome = [](Message const&) -> SendOutcome {
    return FailedTemporarily("busy", std::chrono::minutes(20));
  };
  stage.open();
  AlertText text;
  text.expires = "2026-11-23T14:34:00+08:00";
  stage.publish(text.text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  stage.settle();
  stage.advance(minutes(5));
  stage.until([&] { return stage.detail("polres-0001").row.state == AlertState::expired; });
  stage.advance(hours(2));
  CHECK(stage.sms.begun.size() == 1);
}

TEST_CASE("a wall clock set back after the expiry brings nothing of it back", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.team("piket", {"piket", "kabag"});
  stage.sms.width_max = 1;
  stage.sms.holding = true;
  stage.open();
  AlertText text;
  text.expires = "2026-11-23T14:34:00+08:00";
  stage.publish(text.text());
  stage.until([&] { return stage.sms.begun.size() == 1; });
  stage.settle();
  stage.advance(minutes(5));
  stage.until([&] { return stage.detail("polres-0001").row.state == AlertState::expired; });
  stage.clock.step_wall(hours(-3));
  stage.sms.let_go();
  stage.settle();
  stage.advance(hours(1));
  CHECK(stage.sms.begun.size() == 1);
}

TEST_CASE("expiry follows UTC when the wall clock is set forward", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  stage.settle();
  stage.clock.step_wall(hours(7));
  stage.advance(seconds(2));
  stage.until([&] { return stage.detail("polres-0001").row.state == AlertState::expired; });
  CHECK(rows(stage.log(), "clock-stepped") == 1);
  stage.until([&] { return rows(stage.log(), "incident") == 1; });  // ops hear of it
}

TEST_CASE("the same message again gets the same receipt and is sent to nobody", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  auto const code = stage.code();
  stage.publish(AlertText().text());
  stage.until([&] {
    return stage.feed.last("siaga/receipt/polres").find("\"duplicate\"") != std::string::npos;
  });
  CHECK_THAT(stage.feed.last("siaga/receipt/polres"), ContainsSubstring(code));
  CHECK(stage.sms.begun.size() == 1);
}

TEST_CASE("other content under a known identifier is refused", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.publish(AlertText().text());
  AlertText other;
  other.event = "Kebakaran";
  stage.publish(other.text());
  stage.until([&] {
    return stage.feed.last("siaga/receipt/polres").find("policy.identity-reused") !=
           std::string::npos;
  });
  CHECK(stage.sms.begun.size() == 1);
}

TEST_CASE("an exercise is marked before anything else", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  AlertText text;
  text.status = "Exercise";
  stage.publish(text.text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  CHECK(stage.sms.begun.front().mark == "LATIHAN");
}

TEST_CASE("a test reaches only teams that are for tests", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.team("kabag", {"kabag"}, true);
  stage.team("piket", {"piket"});
  stage.open();
  AlertText text;
  text.status = "Test";
  stage.publish(text.text());
  stage.until([&] { return stage.sms.to(kabag) == 1; });
  CHECK(stage.sms.begun.front().mark == "UJI COBA");
  stage.advance(hours(1));
  CHECK(stage.sms.to(piket) == 0);
}

TEST_CASE("a message that cannot be read is kept, refused with its reasons, and never comes back",
          "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.publish(R"({"identifier":"x","sender":"y","sent":"kemarin"})");
  stage.until([&] {
    return stage.feed.last("siaga/receipt/polres").find("\"rejected\"") != std::string::npos;
  });
  auto const receipt = stage.feed.last("siaga/receipt/polres");
  CHECK_THAT(receipt, ContainsSubstring("/sent"));
  auto const receipts = [&] {
    auto const is_receipt = [](auto const& message) {
      return message.topic.starts_with("siaga/receipt/");
    };
    return std::ranges::count_if(stage.feed.said, is_receipt);
  };
  auto const said = receipts();
  stage.close();
  stage.open();
  stage.settle();
  CHECK(rows(stage.log(), "rejected") == 1);
  CHECK(receipts() == said);
}

TEST_CASE("an agency that may not say it is refused with the rule", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.setting().grants.by_agency[AgencyId("polres")].severity_max = Severity::moderate;
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] {
    return stage.feed.last("siaga/receipt/polres").find("authority.severity") != std::string::npos;
  });
  CHECK(stage.sms.begun.empty());
}

}  // namespace siaga::test
