#include "tests/journal/desk.hpp"

namespace siaga::test {
namespace {

std::string newest_rule(Desk& desk) {
  return desk.ask<std::string>(
      "SELECT json_extract(payload, '$.reasons[0].rule') FROM outbox ORDER BY id DESC LIMIT 1");
}

Alert with_status(Alert made, Status status) {
  made.status = status;
  return made;
}

std::vector<std::pair<std::string, MessageKind>> told(std::vector<Delivery> const& deliveries) {
  std::vector<std::pair<std::string, MessageKind>> all;
  for (auto const& delivery : deliveries) all.emplace_back(delivery.officer.value, delivery.kind);
  return all;
}
using Told = std::vector<std::pair<std::string, MessageKind>>;

TEST_CASE("only a message of the same status may cancel or replace an alert", "[journal]") {
  auto const all = {Status::actual, Status::exercise, Status::system, Status::test};
  for (auto const old : all)
    for (auto const now : all) {
      INFO(to_word(old) << " named by " << to_word(now));
      bool const same = old == now;
      auto const decision = same ? Decision::accepted : Decision::rejected;
      for (bool const cancels : {true, false}) {
        Desk desk;
        auto const made = with_status(desk.alert("a-1"), old);
        auto const raised = desk.raise(made, plan_for(recipients(1, 1)));
        desk.send_all();
        auto const type = cancels ? MsgType::cancel : MsgType::update;
        auto const message = with_status(Desk::about(desk.alert("m-1", type), made), now);
        auto const answer = cancels ? desk.cancel(message) : desk.raise(message, plan_for({}));
        CHECK(answer.decision == decision);
        auto const state = desk.get(desk.journal().alert(raised.alert))->state;
        CHECK((state == AlertState::open) == !same);
        CHECK(desk.claim().size() == (same ? 1U : 0U));
        if (!same) CHECK(newest_rule(desk) == "policy.reference-status");
      }
    }
}

TEST_CASE("an early cancel of another status is not applied, and does not push out the right one",
          "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  auto const cancel = Desk::about(desk.alert("c-1", MsgType::cancel), made);
  auto const drill = Desk::about(desk.alert("c-2", MsgType::cancel), made);
  SECTION("alone") {
    desk.cancel(with_status(drill, Status::test));
    CHECK(desk.raise(made, plan_for(recipients(1, 1))).recipients == 1);
  }
  SECTION("after the right one") {
    desk.cancel(cancel);
    desk.cancel(with_status(drill, Status::test));
    CHECK(desk.raise(made, plan_for(recipients(1, 1))).recipients == 0);
  }
}

TEST_CASE("a cancel of an answered alert whose time has passed says that it has ended",
          "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  auto const raised = desk.raise(made, plan_for(recipients(1, 2)));
  desk.send_all();
  desk.answer(raised.alert, "officer-1");
  desk.clock.advance(7h);
  auto const cancelled = desk.cancel(Desk::about(desk.alert("c-1", MsgType::cancel), made));
  CHECK(cancelled.recipients == 0);
  CHECK(cancelled.ended.empty());
  CHECK(newest_rule(desk) == "policy.reference-ended");
}

TEST_CASE("a cancel that comes before its update tells those who know what it updates",
          "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  auto const update = Desk::about(desk.alert("u-1", MsgType::update), made);
  desk.raise(made, plan_for(recipients(1, 2)));
  desk.record(desk.claim(sms, 1).front());
  desk.cancel(Desk::about(desk.alert("c-1", MsgType::cancel), update));
  auto const raised = desk.raise(update, plan_for(recipients(1, 3)));
  CHECK(raised.recipients == 1);
  CHECK(newest_rule(desk) == "policy.cancelled-before");
  CHECK(told(desk.claim()) == Told{{"officer-1", MessageKind::cancel}});
  CHECK(desk.get(desk.journal().open_ladders()).empty());
}

TEST_CASE("a cancel or update that names a replaced alert means what replaced it", "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  desk.raise(made, plan_for(recipients(1, 1)));
  desk.send_all();
  auto const first = Desk::about(desk.alert("u-1", MsgType::update), made);
  auto const replaced = desk.raise(first, plan_for(recipients(1, 1)));
  desk.send_all();
  SECTION("cancel") {
    auto const cancelled = desk.cancel(Desk::about(desk.alert("c-1", MsgType::cancel), made));
    CHECK(cancelled.ended == std::vector{replaced.alert});
    CHECK(told(desk.claim()) == Told{{"officer-1", MessageKind::cancel}});
  }
  SECTION("update") {
    auto const second = Desk::about(desk.alert("u-2", MsgType::update), made);
    CHECK(desk.raise(second, plan_for({})).ended == std::vector{replaced.alert});
    CHECK(desk.count("SELECT count(*) FROM alerts WHERE state = 'open'") == 1);
  }
}

TEST_CASE("the receipt of an update counts those who are told only because they knew",
          "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  desk.raise(made, plan_for(recipients(1, 3)));
  desk.send_all();
  auto const update = Desk::about(desk.alert("u-1", MsgType::update), made);
  CHECK(desk.raise(update, plan_for(recipients(3, 2))).recipients == 4);
  CHECK(desk.claim().size() == 4);
  CHECK(desk.ask<std::string>("SELECT detail FROM log WHERE detail LIKE 'kind=%'") ==
        "kind=update recipients=2");
}

TEST_CASE("whom an update's scope leaves out hears only that the old alert is over, once",
          "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  auto const old = desk.raise(made, plan_for(recipients(1, 2)));
  desk.send_all();
  auto plan = plan_for({});
  plan.outsiders = {OfficerId("officer-2")};
  auto const update = Desk::about(desk.alert("u-1", MsgType::update), made);
  auto const replaced = desk.raise(update, plan);
  CHECK(replaced.recipients == 1);
  auto const messages = desk.claim();
  REQUIRE(messages.size() == 2);
  for (auto const& message : messages) {
    bool const outside = message.officer == OfficerId("officer-2");
    CHECK(message.kind == (outside ? MessageKind::cancel : MessageKind::update));
    CHECK(message.alert == (outside ? old.alert : replaced.alert));
    desk.record(message);
  }
  desk.cancel(Desk::about(desk.alert("c-1", MsgType::cancel), update));
  CHECK(told(desk.claim()) == Told{{"officer-1", MessageKind::cancel}});
}

}  // namespace
}  // namespace siaga::test
