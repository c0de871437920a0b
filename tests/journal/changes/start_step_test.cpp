#include "tests/journal/desk.hpp"

namespace siaga::test {
namespace {

StepStart second_step(AlertId alert, Desk const& desk, std::vector<Recipient> recipients) {
  StepStart step;
  step.alert = alert;
  step.position = {0, 1, desk.clock.steady_now() - 5min};
  step.recipients.recipients = std::move(recipients);
  step.next_due = desk.clock.steady_now() + 5min;
  step.because = "deadline";
  return step;
}

TEST_CASE("a ladder's place, policy and next deadline survive a restart", "[journal]") {
  Desk desk;
  auto const start = desk.clock.steady_now();
  auto const accepted = desk.raise("a-1", plan_for(recipients(1, 2)));
  desk.close();
  desk.open();
  auto const ladders = desk.get(desk.journal().open_ladders());
  REQUIRE(ladders.size() == 1);
  CHECK(ladders[0].alert == accepted.alert);
  CHECK(ladders[0].policy.steps.size() == 2);
  CHECK(ladders[0].position.step == 0);
  CHECK(ladders[0].position.round_started == start);
  CHECK(ladders[0].next_due == start + 5min);
}

TEST_CASE("a step begins: its people are planned, its place and deadline kept", "[journal]") {
  Desk desk;
  auto const accepted = desk.raise("a-1", plan_for(recipients(1, 1)));
  desk.send_all();
  desk.clock.advance(5min);
  auto const step = second_step(accepted.alert, desk, recipients(5, 2));
  auto const started = desk.get(desk.journal().start_step(step, desk.now()));
  CHECK(started.began);
  CHECK(started.due == std::vector{sms});
  auto const claimed = desk.claim();
  REQUIRE(claimed.size() == 2);
  CHECK(claimed[0].step == 1);
  auto const ladder = desk.get(desk.journal().open_ladders()).front();
  CHECK(ladder.position.step == 1);
  CHECK(ladder.next_due == step.next_due);
  CHECK_THAT(desk.ask<std::string>("SELECT detail FROM log WHERE kind = 'escalated'"),
             ContainsSubstring("because=deadline"));
}

TEST_CASE("the same step does not begin twice", "[journal]") {
  Desk desk;
  auto const accepted = desk.raise("a-1", plan_for(recipients(1, 1)));
  auto const step = second_step(accepted.alert, desk, recipients(5, 2));
  desk.get(desk.journal().start_step(step, desk.now()));
  CHECK_FALSE(desk.get(desk.journal().start_step(step, desk.now())).began);
  CHECK(desk.count("SELECT count(*) FROM deliveries") == 3);
  auto next_round = step;
  next_round.position = {1, 0, desk.clock.steady_now()};
  CHECK(desk.get(desk.journal().start_step(next_round, desk.now())).began);
}

TEST_CASE("no step of an ended alert begins", "[journal]") {
  Desk desk;
  auto const accepted = desk.raise("a-1", plan_for(recipients(1, 1)));
  desk.answer(accepted.alert, "officer-1");
  auto const step = second_step(accepted.alert, desk, recipients(5, 2));
  CHECK_FALSE(desk.get(desk.journal().start_step(step, desk.now())).began);
  CHECK(desk.claim().empty());
}

TEST_CASE("a step that reaches nobody is in the log and told to the agency", "[journal]") {
  Desk desk;
  auto const accepted = desk.raise("a-1", plan_for(recipients(1, 1)));
  auto const before = desk.count("SELECT count(*) FROM outbox");
  auto const step = second_step(accepted.alert, desk, {});
  CHECK(desk.get(desk.journal().start_step(step, desk.now())).began);
  CHECK(desk.count("SELECT count(*) FROM log WHERE kind = 'step-empty'") == 1);
  CHECK(desk.count("SELECT count(*) FROM outbox") == before + 1);
  CHECK_THAT(desk.ask<std::string>("SELECT payload FROM outbox ORDER BY id DESC LIMIT 1"),
             ContainsSubstring("policy.step-empty"));
}

TEST_CASE("an alert past its time stops everything unsent", "[journal]") {
  Desk desk;
  auto const accepted = desk.raise("a-1", plan_for(recipients(1, 4)));
  auto const claimed = desk.claim(sms, 3);
  desk.record(claimed[0]);
  CHECK(desk.get(desk.journal().expire_due({}, desk.now())).empty());
  desk.clock.advance(6h);
  auto const expired = desk.get(desk.journal().expire_due({claimed[1].id}, desk.now()));
  CHECK(expired == std::vector{accepted.alert});
  CHECK(desk.state(claimed[0].id) == DeliveryState::sent);
  CHECK(desk.state(claimed[1].id) == DeliveryState::claimed);
  CHECK(desk.state(claimed[2].id) == DeliveryState::expired);
  CHECK(desk.count("SELECT count(*) FROM deliveries WHERE state = 'planned'") == 0);
  CHECK(desk.record(claimed[1]).state == DeliveryState::sent);
  CHECK(desk.get(desk.journal().expire_due({}, desk.now())).empty());
  auto const status = desk.get(desk.journal().status_of(accepted.alert));
  CHECK(status.state == AlertState::expired);
  CHECK(status.ended_at == desk.clock.utc_now());
}

TEST_CASE("what was sent is recorded as sent even when the alert had ended", "[journal]") {
  Desk desk;
  auto const accepted = desk.raise("a-1", plan_for(recipients(1, 1)));
  auto const claimed = desk.claim();
  desk.clock.advance(6h);
  desk.get(desk.journal().expire_due({}, desk.now()));
  CHECK(desk.record(claimed[0]).state == DeliveryState::sent);
  CHECK(desk.get(desk.journal().status_of(accepted.alert)).sent == 1);
}

TEST_CASE("an alert's status counts deliveries, answers and the step it is at", "[journal]") {
  Desk desk;
  auto const accepted = desk.raise("a-1", plan_for(recipients(1, 4), 2));
  auto const claimed = desk.claim();
  desk.record(claimed[0], Sent({"r0"}));
  desk.record(claimed[1], Sent({"r1"}));
  desk.record(claimed[2], Failed("barred"));
  Receipt const receipt(sms, "r0", DeliveryState::delivered, "", desk.clock.utc_now());
  desk.get(desk.journal().record(receipt));
  desk.answer(accepted.alert, "officer-1");
  auto const status = desk.get(desk.journal().status_of(accepted.alert));
  CHECK(status.agencies == std::vector{polres});
  CHECK(status.identifier == "a-1");
  CHECK(status.planned == 4);
  CHECK(status.sent == 2);
  CHECK(status.delivered == 1);
  CHECK(status.failed == 1);
  CHECK(status.accepted == 1);
  CHECK(status.step == 0);
  CHECK(status.next_step_due == desk.clock.steady_now() + 5min);
  CHECK_FALSE(status.ended_at);
}

TEST_CASE("an alert is announced until its status is cleared", "[journal]") {
  Desk desk;
  auto const one = desk.raise("a-1", plan_for(recipients(1, 1))).alert;
  auto const two = desk.raise("a-2", plan_for(recipients(1, 1))).alert;
  CHECK(desk.get(desk.journal().alerts_to_announce(desk.now())) == std::vector{one, two});
  desk.get(desk.journal().status_cleared(one));
  CHECK(desk.get(desk.journal().alerts_to_announce(desk.now())) == std::vector{two});
}

TEST_CASE("a stored alert reads as it was accepted", "[journal]") {
  Desk desk;
  auto const accepted = desk.raise("a-1", plan_for(recipients(1, 1)));
  auto const stored = desk.get(desk.journal().alert(accepted.alert));
  CHECK(stored->alert.identifier == "a-1");
  CHECK(stored->alert.infos.front().areas.front().description == "Kel. Lok Tuan");
  CHECK(stored->agency == polres);
  CHECK(stored->code == accepted.code);
  CHECK(stored->accepted_at == desk.clock.utc_now());
  CHECK(desk.await(desk.journal().alert(AlertId(9))).error().is(Errc::not_found));
}

}  // namespace
}  // namespace siaga::test
