#include "tests/journal/desk.hpp"

namespace siaga::test {
namespace {

TEST_CASE("a claim hands out what is due, most pressing first, then oldest", "[journal]") {
  Desk desk;
  auto low = plan_for(recipients(1, 2));
  low.priority = Priority::low;
  auto life = plan_for(recipients(3, 2));
  life.priority = Priority::life;
  desk.raise("low", low);
  desk.raise("life", life);
  auto const claimed = desk.claim();
  REQUIRE(claimed.size() == 4);
  CHECK(claimed[0].officer == OfficerId("officer-3"));
  CHECK(claimed[1].officer == OfficerId("officer-4"));
  CHECK(claimed[2].officer == OfficerId("officer-1"));
  CHECK(claimed[3].officer == OfficerId("officer-2"));
  CHECK(claimed[0].state == DeliveryState::claimed);
  CHECK(claimed[0].attempts == 1);
  CHECK(claimed[0].fence == 1);
  CHECK(claimed[0].address == recipient(3).address);
  CHECK(claimed[0].kind == MessageKind::alert);
  CHECK_FALSE(claimed[0].possible_duplicate);
}

TEST_CASE("a claim is of one channel, bounded, and never handed out twice", "[journal]") {
  Desk desk;
  auto both = recipients(1, 5);
  for (auto const& one : recipients(1, 5, email)) both.push_back(one);
  desk.raise("a-1", plan_for(both));
  CHECK(desk.claim(sms, 3).size() == 3);
  CHECK(desk.claim(sms, 3).size() == 2);
  CHECK(desk.claim(sms, 3).empty());
  CHECK(desk.claim(email, 9).size() == 5);
  CHECK(desk.claim(radio).empty());
}

TEST_CASE("a sent message is sent for good", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 1)));
  auto const delivery = desk.claim().front();
  auto const recorded = desk.record(delivery);
  CHECK(recorded.state == DeliveryState::sent);
  CHECK(recorded.alert == delivery.alert);
  CHECK(desk.claim().empty());
  CHECK_FALSE(desk.next_due());
}

TEST_CASE("a temporary failure comes due again at its time and counts as an attempt", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 1)));
  auto const delivery = desk.claim().front();
  CHECK(desk.record(delivery, FailedTemporarily("throttled")).state == DeliveryState::planned);
  CHECK(desk.claim().empty());
  CHECK(desk.next_due() == desk.clock.steady_now() + 2s);
  desk.clock.advance(2s);
  auto const again = desk.claim();
  REQUIRE(again.size() == 1);
  CHECK(again[0].attempts == 2);
  CHECK(again[0].fence == 2);
  CHECK_FALSE(again[0].possible_duplicate);
}

TEST_CASE("a failure of the whole channel does not use up an attempt", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 1)));
  auto const delivery = desk.claim().front();
  auto last = desk.attempt(delivery, FailedTemporarily("down", 0ms, true));
  last.last = true;
  CHECK(desk.get(desk.journal().record(last)).state == DeliveryState::planned);
  desk.clock.advance(2s);
  CHECK(desk.claim().front().attempts == 1);
}

TEST_CASE("a temporary failure of the last try is final", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 2)));
  auto last = desk.attempt(desk.claim().front(), FailedTemporarily("busy"));
  last.last = true;
  auto const recorded = desk.get(desk.journal().record(last));
  CHECK(recorded.state == DeliveryState::failed);
  CHECK_FALSE(recorded.step_failed);
}

TEST_CASE("an unknown outcome is tried again and marked as perhaps a second copy", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 1)));
  CHECK(desk.record(desk.claim().front(), OutcomeUnknown("cut off")).state ==
        DeliveryState::planned);
  desk.clock.advance(2s);
  CHECK(desk.claim().front().possible_duplicate);
}

LateOutcome late(Desk const& desk, DeliveryId id, SendOutcome outcome) {
  return {sms, id, std::move(outcome), desk.clock.utc_now()};
}

TEST_CASE("a late answer makes a message in doubt a sent one, whose receipts count", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 1)));
  auto const delivery = desk.claim().front();
  desk.record(delivery, OutcomeUnknown("no answer"));
  auto const resolved = desk.get(desk.journal().resolve(late(desk, delivery.id, Sent({"p1"}))));
  CHECK(resolved.state == DeliveryState::sent);
  desk.clock.advance(1h);
  CHECK(desk.claim().empty());
  Receipt const receipt(sms, "p1", DeliveryState::delivered, "", desk.clock.utc_now());
  CHECK(desk.get(desk.journal().record(receipt)).state == DeliveryState::delivered);
}

TEST_CASE("a late refusal lets a message in doubt go again at once, or never", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 2)));
  auto const both = desk.claim();
  for (auto const& one : both) desk.record(one, OutcomeUnknown("no answer"));
  auto const busy =
      desk.get(desk.journal().resolve(late(desk, both[0].id, FailedTemporarily("busy"))));
  CHECK(busy.state == DeliveryState::planned);
  CHECK(busy.due == std::vector<ChannelName>{sms});
  CHECK(desk.get(desk.journal().resolve(late(desk, both[1].id, Failed("no such number")))).state ==
        DeliveryState::failed);
  auto const again = desk.claim();
  REQUIRE(again.size() == 1);
  CHECK(again[0].id == both[0].id);
}

TEST_CASE("a late answer for what is being sent again only stands in the log", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 1)));
  auto const delivery = desk.claim().front();
  desk.record(delivery, OutcomeUnknown("no answer"));
  desk.clock.advance(2s);
  auto const again = desk.claim().front();
  desk.get(desk.journal().resolve(late(desk, delivery.id, Sent({"p1"}))));
  CHECK(desk.state(delivery.id) == DeliveryState::claimed);
  CHECK(desk.record(again).state == DeliveryState::sent);
  CHECK(desk.count("SELECT count(*) FROM log WHERE kind = 'resolved'") == 1);
}

TEST_CASE("a late answer does not bring back what has ended", "[journal]") {
  Desk desk;
  auto const raised = desk.alert("a-1");
  desk.raise(raised, plan_for(recipients(1, 1)));
  auto const delivery = desk.claim().front();
  desk.record(delivery, OutcomeUnknown("no answer"));
  desk.cancel(Desk::about(desk.alert("c-1", MsgType::cancel), raised));
  desk.get(desk.journal().resolve(late(desk, delivery.id, Sent({"p1"}))));
  CHECK(desk.state(delivery.id) == DeliveryState::cancelled);
}

TEST_CASE("the step has failed when the last of its deliveries fails for good", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 3)));
  auto const claimed = desk.claim();
  CHECK_FALSE(desk.record(claimed[0], Failed("no such number")).step_failed);
  CHECK_FALSE(desk.record(claimed[1], Failed("no such number")).step_failed);
  CHECK(desk.record(claimed[2], Failed("no such number")).step_failed);
}

TEST_CASE("a failed step makes the next of its ladder due, even after a crash", "[journal]") {
  Desk desk;
  auto plan = plan_for(recipients(1, 1));
  plan.ladders.push_back(plan_for(recipients(2, 1)).ladders[0]);
  desk.raise("a-1", plan);
  desk.clock.advance(1min);
  CHECK(desk.record(desk.claim().front(), Failed("barred")).step_failed);
  desk.close();
  desk.open();
  auto const ladders = desk.get(desk.journal().open_ladders());
  REQUIRE(ladders.size() == 2);
  CHECK(*ladders[0].next_due <= desk.clock.steady_now());
  CHECK(*ladders[1].next_due > desk.clock.steady_now());
}

TEST_CASE("a step has not failed while some of it is not written out", "[journal]") {
  journal::StoreSettings settings;
  settings.chunk_deliveries_max = 1;
  Desk desk(settings);
  desk.raise("a-1", plan_for(recipients(1, 2)));
  CHECK_FALSE(desk.record(desk.claim(sms, 1).front(), Failed("barred")).step_failed);
  CHECK(desk.record(desk.claim(sms, 1).front(), Failed("barred")).step_failed);
}

TEST_CASE("a claim of another fence can record nothing", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 1)));
  auto const delivery = desk.claim().front();
  auto stale = desk.attempt(delivery, Sent());
  stale.fence = delivery.fence - 1;
  CHECK(desk.await(desk.journal().record(stale)).error().is(Errc::not_found));
  CHECK(desk.state(delivery.id) == DeliveryState::claimed);
  desk.record(delivery);
  auto const twice = desk.attempt(delivery, Failed("late"));
  CHECK(desk.await(desk.journal().record(twice)).error().is(Errc::not_found));
  CHECK(desk.state(delivery.id) == DeliveryState::sent);
}

TEST_CASE("a released claim was never an attempt", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 1)));
  auto const delivery = desk.claim().front();
  desk.get(desk.journal().release({delivery.id}, desk.now()));
  auto const again = desk.claim();
  REQUIRE(again.size() == 1);
  CHECK(again[0].attempts == 1);
  CHECK_FALSE(again[0].possible_duplicate);
}

TEST_CASE("a claim released after its alert has ended is not sent any more", "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  desk.raise(made, plan_for(recipients(1, 1)));
  auto const delivery = desk.claim().front();
  desk.cancel(Desk::about(desk.alert("c-1", MsgType::cancel), made), {delivery.id});
  desk.get(desk.journal().release({delivery.id}, desk.now()));
  CHECK(desk.state(delivery.id) == DeliveryState::cancelled);
  CHECK(desk.claim().empty());
  CHECK(desk.count("SELECT count(*) FROM log WHERE kind = 'dropped'") == 2);
}

TEST_CASE("nothing is claimed past its expiry", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 2)));
  desk.clock.advance(6h);
  CHECK(desk.claim().empty());
  CHECK(desk.count("SELECT count(*) FROM deliveries WHERE state = 'expired'") == 2);
  CHECK(desk.count("SELECT count(*) FROM log WHERE kind = 'expired' AND delivery > 0") == 2);
  CHECK_FALSE(desk.next_due());
}

TEST_CASE("expiry follows the wall clock and retries the steady one", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 2)));
  auto const claimed = desk.claim();
  desk.record(claimed[0], FailedTemporarily("busy"));
  desk.clock.step_wall(5h);
  CHECK(desk.claim().empty());
  desk.clock.advance(2s);
  CHECK(desk.claim().size() == 1);
  desk.record(claimed[1], FailedTemporarily("busy"));
  desk.clock.step_wall(1h);
  desk.clock.advance(2s);
  CHECK(desk.claim().empty());
}

TEST_CASE("one address hears a later step only after the earlier message has ended", "[journal]") {
  Desk desk;
  auto const accepted = desk.raise("a-1", plan_for(recipients(1, 2)));
  auto const before = desk.claim();
  StepStart step;
  step.alert = accepted.alert;
  step.position = {0, 1, desk.clock.steady_now()};
  step.recipients.recipients = recipients(2, 2);
  desk.get(desk.journal().start_step(step, desk.now()));
  auto const now = desk.claim();
  REQUIRE(now.size() == 1);
  CHECK(now[0].officer == OfficerId("officer-3"));
  auto const recorded = desk.record(before[1]);
  CHECK(recorded.due == std::vector{sms});
  auto const then = desk.claim();
  REQUIRE(then.size() == 1);
  CHECK(then[0].officer == OfficerId("officer-2"));
  CHECK(desk.record(before[0]).due.empty());
}

TEST_CASE("what waits for another message is not due before it may go", "[journal]") {
  Desk desk;
  auto const accepted = desk.raise("a-1", plan_for(recipients(1, 1)));
  desk.claim();
  StepStart step;
  step.alert = accepted.alert;
  step.position = {0, 1, desk.clock.steady_now()};
  step.recipients.recipients = recipients(1, 1);
  desk.get(desk.journal().start_step(step, desk.now()));
  CHECK_FALSE(desk.next_due());
}

TEST_CASE("claims of a dead process open again, marked as perhaps a second copy", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 3)));
  auto const claimed = desk.claim(sms, 2);
  desk.close();
  desk.open();
  CHECK(desk.store->reopen_claims(desk.now()).value() == 2);
  auto const again = desk.claim();
  REQUIRE(again.size() == 3);
  int marked = 0;
  for (auto const& delivery : again) marked += delivery.possible_duplicate ? 1 : 0;
  CHECK(marked == 2);
  CHECK(desk.await(desk.journal().record(desk.attempt(claimed[0], Sent())))
            .error()
            .is(Errc::not_found));
}

TEST_CASE("a clock set back before a restart holds nothing up", "[journal]") {
  journal::StoreSettings settings;
  settings.chunk_deliveries_max = 2;
  Desk desk(settings);
  desk.raise("a-1", plan_for(recipients(1, 5)));
  desk.record(desk.claim(sms, 1).front(), FailedTemporarily("busy"));
  desk.close();
  desk.clock = FakeClock(desk.clock.utc_now() - 24h);
  desk.open();
  desk.store->reopen_claims(desk.now()).value();
  std::size_t sent = 0;
  while (auto const due = desk.next_due()) {
    REQUIRE(*due <= desk.clock.steady_now());
    sent += desk.send_all().size();
  }
  CHECK(sent == 5);
}

TEST_CASE("the log says how each try ended, and never to which number", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 1)));
  auto const delivery = desk.claim().front();
  desk.record(delivery, Failed("destination " + delivery.address + " is barred"));
  auto const detail = desk.ask<std::string>("SELECT detail FROM log WHERE kind = 'attempted'");
  CHECK_THAT(detail, ContainsSubstring("outcome=failed"));
  CHECK_THAT(detail, ContainsSubstring("destination *** is barred"));
  CHECK(desk.ask<std::string>("SELECT officer FROM log WHERE kind = 'attempted'") == "officer-1");
  CHECK(desk.count("SELECT count(*) FROM log WHERE detail LIKE '%+62812%'") == 0);
  CHECK_THAT(desk.ask<std::string>("SELECT reason FROM deliveries"),
             ContainsSubstring(delivery.address));
}

}  // namespace
}  // namespace siaga::test
