// What an emailed link does, and for how long, whoever presses it.
#include "tests/scenarios/stage.hpp"
#include "tests/support/catch.hpp"

namespace siaga::test {
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

LinkAnswer typed(std::string code, std::string from = "192.0.2.1") {
  LinkAnswer answer;
  answer.code = std::move(code);
  answer.from = std::move(from);
  return answer;
}

// One alert that takes many answers; both officers have their links.
struct Mailed : Stage {
  Mailed() {
    two_steps(*this);
    team("semua", {"piket", "kabag"});
    Policy wanted;
    wanted.id = PolicyId("semua");
    wanted.steps = {step(seconds(0), "semua")};
    wanted.acks_needed = 5;
    policy(wanted);
    open();
    publish(AlertText().text());
    until([&] { return sms.begun.size() == 2; });
    settle();
    never = other_code();
  }
  std::string never;  // a code that opens nothing
  std::string link(std::size_t number = 0) { return sms.begun.at(number).link; }
  LinkOutcome wrong(std::size_t number = 0, std::string from = "192.0.2.1") {
    return answer_link(link(number), typed(never, std::move(from)));
  }
  LinkOutcome right(std::size_t number = 0, std::string from = "192.0.2.1") {
    return answer_link(link(number), typed(code(), std::move(from)));
  }
  std::size_t answers() { return detail("polres-0001").acknowledgements.size(); }
  std::string detail_of(std::string const& kind) {
    std::string found;
    for (auto const& row : log())
      if (row.kind == kind) found = row.detail;
    return found;
  }
};

}  // namespace

TEST_CASE("wrong codes at a locked link write one row when it locks and one when that ends",
          "[scenario]") {
  Mailed stage;
  auto const before = stage.log().size();
  for (int i = 0; i < 4; ++i) CHECK(stage.wrong() == LinkOutcome::wrong_code);
  CHECK(stage.log().size() == before);
  for (int i = 0; i < 500; ++i) REQUIRE(stage.wrong() == LinkOutcome::too_many_tries);
  CHECK(rows(stage.log(), "link-locked") == 1);
  CHECK(rows(stage.log(), "answer-refused") == 0);
  CHECK(stage.log().size() <= before + 2);  // with the incident
  CHECK_THAT(stage.detail_of("link-locked"), ContainsSubstring("wrong=5 until=2026-11-23T"));
  stage.advance(minutes(15));
  CHECK(rows(stage.log(), "link-unlocked") == 1);
  CHECK(stage.detail_of("link-unlocked") == "wrong=504");
  CHECK(stage.right() == LinkOutcome::recorded);
}

TEST_CASE("a locked link takes no code, says until when, and is shown without a form",
          "[scenario]") {
  Mailed stage;
  for (int i = 0; i < 5; ++i) stage.wrong();
  auto const until = stage.locked_until;
  CHECK_THAT(until, ContainsSubstring("23 Nov 2026"));
  CHECK(stage.right() == LinkOutcome::too_many_tries);
  CHECK(stage.locked_until == until);
  CHECK(stage.view_link(stage.link()).locked_until == until);
  CHECK(stage.view_link(stage.link(1)).locked_until.empty());
  CHECK(stage.answers() == 0);
  stage.advance(minutes(14));
  CHECK(stage.right() == LinkOutcome::too_many_tries);
  stage.advance(minutes(1));
  CHECK(stage.view_link(stage.link()).locked_until.empty());
  CHECK(stage.right() == LinkOutcome::recorded);
}

TEST_CASE("a right code at a locked link is no wrong one", "[scenario]") {
  Mailed stage;
  for (int i = 0; i < 5; ++i) stage.wrong();
  for (int i = 0; i < 3; ++i) stage.right();
  stage.wrong();
  stage.advance(minutes(15));
  CHECK(stage.detail_of("link-unlocked") == "wrong=6");
}

TEST_CASE("a lock outlives a restart, and ends when it would have", "[scenario]") {
  Mailed stage;
  for (int i = 0; i < 5; ++i) stage.wrong();
  auto const until = stage.locked_until;
  stage.close();
  stage.clock.advance(minutes(10));
  stage.open();
  stage.settle();
  CHECK(stage.right() == LinkOutcome::too_many_tries);
  CHECK(stage.locked_until == until);
  stage.wrong();
  stage.advance(minutes(5));
  CHECK(stage.detail_of("link-unlocked") == "wrong=6");
  CHECK(stage.right() == LinkOutcome::recorded);
}

TEST_CASE("a lock that ended while the gateway was down is over at its start", "[scenario]") {
  Mailed stage;
  for (int i = 0; i < 5; ++i) stage.wrong();
  stage.close();
  stage.clock.advance(hours(2));
  stage.open();
  stage.settle();
  CHECK(rows(stage.log(), "link-unlocked") == 1);
  CHECK(stage.right() == LinkOutcome::recorded);
}

TEST_CASE("a link can be locked again after its lock has ended", "[scenario]") {
  Mailed stage;
  for (int i = 0; i < 5; ++i) stage.wrong();
  stage.advance(minutes(15));
  for (int i = 0; i < 4; ++i) CHECK(stage.wrong() == LinkOutcome::wrong_code);
  CHECK(stage.wrong() == LinkOutcome::too_many_tries);
  CHECK(rows(stage.log(), "link-locked") == 2);
  stage.advance(minutes(15));
  CHECK(rows(stage.log(), "link-unlocked") == 2);
}

TEST_CASE("only wrong codes count: right ones in between begin the count anew", "[scenario]") {
  Mailed stage;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 4; ++i) CHECK(stage.wrong() == LinkOutcome::wrong_code);
    CHECK(stage.right() == LinkOutcome::recorded);
  }
}

TEST_CASE("ops hear of a locked link once", "[scenario]") {
  Mailed stage;
  for (int i = 0; i < 50; ++i) stage.wrong();
  CHECK(rows(stage.log(), "incident") == 1);
  CHECK_THAT(stage.detail_of("incident"), ContainsSubstring("kind=link-locked"));
}

TEST_CASE("a right code counts from an address that many wrong ones came from", "[scenario]") {
  Stage stage;
  std::vector<std::string> members;
  for (int i = 0; i < 20; ++i) {
    members.push_back("p" + std::to_string(i));
    stage.officer(members.back(), "+62812000001" + std::to_string(10 + i));
  }
  stage.team("semua", members);
  Policy policy;
  policy.id = PolicyId("semua");
  policy.steps = {step(seconds(0), "semua")};
  policy.acks_needed = 20;
  stage.policy(policy);
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.begun.size() == 20; });
  stage.settle();
  auto const never = stage.other_code();
  auto const tries = [&](std::size_t officer, std::string const& from) {
    return stage.answer_link(stage.sms.begun[officer].link, typed(never, from));
  };
  for (std::size_t i = 0; i < 60; ++i)
    CHECK(tries(i % 15, "198.51.100.1") == LinkOutcome::wrong_code);
  CHECK(tries(15, "198.51.100.1") == LinkOutcome::too_many_from_there);
  CHECK(tries(15, "198.51.100.2") == LinkOutcome::wrong_code);
  auto const code = stage.code();
  for (std::size_t i = 0; i < 19; ++i)
    CHECK(stage.answer_link(stage.sms.begun[i].link, typed(code, "198.51.100.1")) ==
          LinkOutcome::recorded);
  stage.advance(minutes(1));
  CHECK(tries(19, "198.51.100.1") == LinkOutcome::wrong_code);
}

TEST_CASE("an old mail opens nothing of another alert under its delivery's number", "[scenario]") {
  Mailed stage;
  auto const code = stage.code();
  auto const token = stage.link();
  auto const other = token.substr(0, token.rfind(':')) + ":polres-9999";
  CHECK(stage.answer_link(other, typed(code)) == LinkOutcome::unknown_link);
  CHECK(stage.answers() == 0);
}

TEST_CASE("a day after its alert has ended a link shows nothing and takes nothing", "[scenario]") {
  Mailed stage;
  AlertText const alert;
  auto cancel = alert;
  cancel.identifier = "polres-0001-Cancel";
  cancel.msg_type = "Cancel";
  cancel.references = alert.reference();
  stage.advance(minutes(1));
  auto const code = stage.code();
  stage.publish(cancel.text());
  auto const answer = typed(code);
  CHECK(stage.view_link(stage.link()).event == "Unjuk rasa");
  CHECK(stage.answer_link(stage.link(), answer) == LinkOutcome::closed);
  stage.advance(hours(23));
  CHECK_FALSE(stage.view_link(stage.link()).gone);
  stage.advance(hours(1));
  auto const view = stage.view_link(stage.link());
  CHECK(view.gone);
  CHECK((view.event + view.place + view.officer_name + view.sender_name + view.title).empty());
  CHECK(stage.answer_link(stage.link(), answer) == LinkOutcome::gone);
  CHECK(stage.answer_link(stage.link(), typed(stage.never)) == LinkOutcome::gone);
}

TEST_CASE("a link the program before mailed goes on until its alert ends", "[scenario]") {
  Mailed stage;
  auto const older = "older:" + std::to_string(stage.sms.begun.front().delivery.value);
  CHECK(stage.view_link(older).event == "Unjuk rasa");
  CHECK(stage.answer_link(older, typed(stage.never)) == LinkOutcome::wrong_code);
  CHECK(stage.answer_link(older, typed(stage.code())) == LinkOutcome::recorded);
}

}  // namespace siaga::test
