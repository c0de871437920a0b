#include <set>

#include "tests/journal/desk.hpp"

namespace siaga::test {
namespace {

std::vector<std::string> officers(std::vector<Delivery> const& deliveries, MessageKind kind) {
  std::vector<std::string> names;
  for (auto const& delivery : deliveries)
    if (delivery.kind == kind) names.push_back(delivery.officer.value);
  return names;
}

using Names = std::vector<std::string>;

std::string last_rule(Desk& desk) {
  return desk.ask<std::string>(
      "SELECT json_extract(payload, '$.reasons[0].rule') FROM outbox ORDER BY id DESC LIMIT 1");
}

TEST_CASE("a cancel tells exactly those reached, on the path they were reached on", "[journal]") {
  Desk desk;
  auto told = recipients(1, 3);
  told.push_back(recipient(1, email));
  auto const made = desk.alert("a-1");
  auto const raised = desk.raise(made, plan_for(told));
  auto const claimed = desk.claim(sms, 2);
  desk.record(claimed[0]);
  desk.record(claimed[1], Failed("barred"));
  auto const cancelled = desk.cancel(Desk::about(desk.alert("c-1", MsgType::cancel), made));
  CHECK(cancelled.decision == Decision::accepted);
  CHECK(cancelled.alert == raised.alert);
  CHECK(cancelled.ended == std::vector{raised.alert});
  CHECK(cancelled.recipients == 1);
  CHECK(cancelled.due == std::vector{sms});
  auto const messages = desk.claim();
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].kind == MessageKind::cancel);
  CHECK(messages[0].officer == OfficerId("officer-1"));
  CHECK(desk.claim(email).empty());
  CHECK(desk.get(desk.journal().alert(raised.alert))->state == AlertState::cancelled);
}

TEST_CASE("a cancel cannot overtake the alert on the wire", "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  desk.raise(made, plan_for(recipients(1, 3)));
  auto const claimed = desk.claim();
  InFlight const sending{claimed[0].id, claimed[1].id};
  desk.cancel(Desk::about(desk.alert("c-1", MsgType::cancel), made), sending);
  CHECK(desk.state(claimed[2].id) == DeliveryState::cancelled);
  CHECK(desk.claim().empty());
  CHECK(desk.record(claimed[0]).due == std::vector{sms});
  CHECK(desk.record(claimed[1], Failed("barred")).due.empty());
  CHECK(officers(desk.claim(), MessageKind::cancel) == Names{"officer-1"});
}

TEST_CASE("an alert whose sending ended unknown is taken back as if it had arrived", "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  desk.raise(made, plan_for(recipients(1, 1)));
  auto const claimed = desk.claim();
  desk.cancel(Desk::about(desk.alert("c-1", MsgType::cancel), made), {claimed[0].id});
  CHECK(desk.record(claimed[0], OutcomeUnknown("cut off")).state == DeliveryState::cancelled);
  CHECK(officers(desk.claim(), MessageKind::cancel) == Names{"officer-1"});
}

TEST_CASE("a crash between an alert on the wire and its cancel sends the cancel, not the alert",
          "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  desk.raise(made, plan_for(recipients(1, 1)));
  auto const claimed = desk.claim();
  desk.cancel(Desk::about(desk.alert("c-1", MsgType::cancel), made), {claimed[0].id});
  desk.close();
  desk.open();
  CHECK(desk.store->reopen_claims(desk.now()).value() == 1);
  auto const messages = desk.claim();
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].kind == MessageKind::cancel);
}

TEST_CASE("an answered alert can still be cancelled, an ended one says that it has ended",
          "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  auto const raised = desk.raise(made, plan_for(recipients(1, 1)));
  desk.send_all();
  desk.answer(raised.alert, "officer-1");
  CHECK(desk.cancel(Desk::about(desk.alert("c-1", MsgType::cancel), made)).recipients == 1);
  auto const again = desk.cancel(Desk::about(desk.alert("c-2", MsgType::cancel), made));
  CHECK(again.recipients == 0);
  CHECK(again.ended.empty());
  CHECK(last_rule(desk) == "policy.reference-ended");
}

TEST_CASE("only the agency that raised an alert may cancel or replace it", "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  auto const raised = desk.raise(made, plan_for(recipients(1, 1)));
  auto const from = desk.keep(desk.raw("c-1"));
  auto const foreign = Desk::about(desk.alert("c-1", MsgType::cancel), made);
  auto const refused = desk.get(desk.journal().cancel(
      from, desk.authorised(CancelAlert{foreign}, AgencyId("pmi")), {}, desk.now()));
  CHECK(refused.decision == Decision::rejected);
  CHECK(last_rule(desk) == "policy.reference-foreign");
  auto const from2 = desk.keep(desk.raw("u-1"));
  auto const update = Desk::about(desk.alert("u-1", MsgType::update), made);
  auto const refused2 = desk.get(desk.journal().accept(
      from2, desk.authorised(ReplaceAlert{update}, AgencyId("pmi")), plan_for({}), {}, desk.now()));
  CHECK(refused2.decision == Decision::rejected);
  CHECK(desk.get(desk.journal().alert(raised.alert))->state == AlertState::open);
}

TEST_CASE("a cancel that comes before its alert is remembered, and nothing is sent", "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  auto const early = desk.cancel(Desk::about(desk.alert("c-1", MsgType::cancel), made));
  CHECK(early.decision == Decision::accepted);
  CHECK(early.alert.empty());
  CHECK(last_rule(desk) == "policy.reference-unknown");
  auto const raised = desk.raise(made, plan_for(recipients(1, 3)));
  CHECK(raised.decision == Decision::accepted);
  CHECK(raised.recipients == 0);
  CHECK(last_rule(desk) == "policy.cancelled-before");
  CHECK(desk.claim().empty());
  CHECK(desk.get(desk.journal().alert(raised.alert))->state == AlertState::cancelled);
}

TEST_CASE("a cancel whose alert does not come for a month is forgotten, and the log says so",
          "[journal]") {
  Desk desk;
  auto const waiting = [&] { return desk.count("SELECT count(*) FROM pending_ends"); };
  desk.cancel(Desk::about(desk.alert("c-1", MsgType::cancel), desk.alert("a-1")));
  desk.clock.advance(29 * 24h);
  desk.cancel(Desk::about(desk.alert("c-2", MsgType::cancel), desk.alert("a-2")));
  desk.get(desk.journal().expire_due({}, desk.now()));
  CHECK(waiting() == 2);
  desk.clock.advance(2 * 24h);
  desk.get(desk.journal().expire_due({}, desk.now()));
  CHECK(waiting() == 1);
  CHECK(desk.ask<std::string>("SELECT detail FROM log WHERE kind = 'early-ends-forgotten'") ==
        "count=1");
}

TEST_CASE("an update that comes before its alert is remembered, and the old text is not sent",
          "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  auto const update =
      desk.raise(Desk::about(desk.alert("u-1", MsgType::update), made), plan_for(recipients(1, 2)));
  auto const late = desk.raise(made, plan_for(recipients(1, 3)));
  CHECK(late.decision == Decision::accepted);
  CHECK(late.recipients == 0);
  CHECK(last_rule(desk) == "policy.replaced-before");
  CHECK(officers(desk.claim(), MessageKind::alert) == Names{"officer-1", "officer-2"});
  CHECK(desk.get(desk.journal().alert(late.alert))->state == AlertState::closed);
  CHECK(desk.get(desk.journal().alert(update.alert))->state == AlertState::open);
  SECTION("and a cancel of either is one of the update") {
    desk.send_all();
    auto const cancelled = desk.cancel(Desk::about(desk.alert("c-1", MsgType::cancel), made));
    CHECK(cancelled.ended == std::vector{update.alert});
  }
}

TEST_CASE("of an early update and an early cancel the cancel counts", "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  desk.cancel(Desk::about(desk.alert("c-1", MsgType::cancel), made));
  desk.raise(Desk::about(desk.alert("u-1", MsgType::update), made), plan_for({}));
  CHECK(desk.raise(made, plan_for(recipients(1, 3))).recipients == 0);
  CHECK(last_rule(desk) == "policy.cancelled-before");
}

TEST_CASE("an update overtaken by the next one still tells those who know the first alert",
          "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  auto const first = Desk::about(desk.alert("u-1", MsgType::update), made);
  desk.raise(made, plan_for(recipients(1, 2)));
  desk.send_all();
  desk.raise(Desk::about(desk.alert("u-2", MsgType::update), first), plan_for({}));
  CHECK(desk.raise(first, plan_for({})).recipients == 2);
}

TEST_CASE("another agency's early update does not end an alert", "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  auto const from = desk.keep(desk.raw("u-1"));
  auto const foreign = Desk::about(desk.alert("u-1", MsgType::update), made);
  desk.get(desk.journal().accept(from, desk.authorised(ReplaceAlert{foreign}, AgencyId("pmi")),
                                 plan_for({}), {}, desk.now()));
  CHECK(desk.raise(made, plan_for(recipients(1, 3))).recipients == 3);
}

TEST_CASE("another agency's early cancel is not applied", "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  auto const from = desk.keep(desk.raw("c-1"));
  auto const foreign = Desk::about(desk.alert("c-1", MsgType::cancel), made);
  desk.get(desk.journal().cancel(from, desk.authorised(CancelAlert{foreign}, AgencyId("pmi")), {},
                                 desk.now()));
  CHECK(desk.raise(made, plan_for(recipients(1, 3))).recipients == 3);
}

TEST_CASE("a cancel sent twice is answered twice and tells once", "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  auto const raised = desk.raise(made, plan_for(recipients(1, 2)));
  desk.send_all();
  auto const cancel = Desk::about(desk.alert("c-1", MsgType::cancel), made);
  desk.cancel(cancel);
  auto const again = desk.cancel(cancel);
  CHECK(again.decision == Decision::duplicate);
  CHECK(again.alert == raised.alert);
  CHECK(desk.claim().size() == 2);
}

TEST_CASE("an update ends the old alert, keeps its code, and says who has heard of it",
          "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  auto const old = desk.raise(made, plan_for(recipients(1, 3)));
  auto const claimed = desk.claim(sms, 2);
  desk.record(claimed[0]);
  desk.record(claimed[1]);
  auto const update = Desk::about(desk.alert("u-1", MsgType::update), made);
  auto const replaced = desk.raise(update, plan_for(recipients(2, 3)));
  CHECK(replaced.decision == Decision::accepted);
  CHECK(replaced.ended == std::vector{old.alert});
  CHECK(replaced.code == old.code);
  CHECK(desk.get(desk.journal().alert(old.alert))->state == AlertState::closed);
  CHECK(desk.get(desk.journal().alert_by_code(old.code)).id == replaced.alert);
  auto const messages = desk.claim();
  // 2 knows the old one and is in the new first step; 3 and 4 do not; 1 knows it and is not.
  CHECK(officers(messages, MessageKind::update) == Names{"officer-2", "officer-1"});
  CHECK(officers(messages, MessageKind::alert) == Names{"officer-3", "officer-4"});
  for (auto const& message : messages) CHECK(message.alert == replaced.alert);
}

TEST_CASE("an update waits for the old alert on the wire and is news when that one fails",
          "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  desk.raise(made, plan_for(recipients(1, 3)));
  auto const claimed = desk.claim();
  InFlight const sending{claimed[0].id, claimed[1].id, claimed[2].id};
  auto const update = Desk::about(desk.alert("u-1", MsgType::update), made);
  desk.raise(update, plan_for(recipients(1, 2)), sending);
  CHECK(desk.claim().empty());
  desk.record(claimed[0], Sent());
  desk.record(claimed[1], Failed("barred"));
  desk.record(claimed[2], Failed("barred"));
  auto const messages = desk.claim();
  CHECK(officers(messages, MessageKind::update) == Names{"officer-1"});
  CHECK(officers(messages, MessageKind::alert) == Names{"officer-2"});
}

TEST_CASE("an update of something unknown is a new alert with a word about it", "[journal]") {
  Desk desk;
  auto const update = Desk::about(desk.alert("u-1", MsgType::update), desk.alert("never-seen"));
  auto const raised = desk.raise(update, plan_for(recipients(1, 1)));
  CHECK(raised.decision == Decision::accepted);
  CHECK(last_rule(desk) == "policy.reference-unknown");
  CHECK(officers(desk.claim(), MessageKind::alert) == Names{"officer-1"});
}

TEST_CASE("a reference must name the time the alert was sent", "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  desk.raise(made, plan_for(recipients(1, 1)));
  auto other = made;
  other.sent = cap_time(made.sent.at - 1h);
  CHECK(desk.cancel(Desk::about(desk.alert("c-1", MsgType::cancel), other)).ended.empty());
}

TEST_CASE("a cancel of an update reaches those told of either", "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  desk.raise(made, plan_for(recipients(1, 2)));
  desk.send_all();
  auto const update = Desk::about(desk.alert("u-1", MsgType::update), made);
  desk.raise(update, plan_for(recipients(2, 2)));
  auto const first = desk.claim(sms, 1);
  desk.record(first[0]);
  auto const cancelled = desk.cancel(Desk::about(desk.alert("c-1", MsgType::cancel), update));
  CHECK(cancelled.recipients == 2);
  CHECK(officers(desk.claim(), MessageKind::cancel) == Names{"officer-1", "officer-2"});
}

TEST_CASE("a chain of updates never overtakes the first message on the wire", "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  desk.raise(made, plan_for(recipients(1, 1)));
  auto const claimed = desk.claim();
  auto const first = Desk::about(desk.alert("u-1", MsgType::update), made);
  desk.raise(first, plan_for(recipients(1, 1)), {claimed[0].id});
  auto const second = Desk::about(desk.alert("u-2", MsgType::update), first);
  auto const last = desk.raise(second, plan_for(recipients(1, 1)), {claimed[0].id});
  CHECK(desk.claim().empty());
  desk.record(claimed[0]);
  auto const messages = desk.claim();
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].alert == last.alert);
  CHECK(messages[0].kind == MessageKind::update);
}

TEST_CASE("a cancel of a great many is told in chunks, to each once", "[journal]") {
  journal::StoreSettings settings;
  settings.chunk_deliveries_max = 10;
  Desk desk(settings);
  auto const made = desk.alert("a-1");
  desk.raise(made, plan_for(recipients(1, 45)));
  std::size_t sent = 0;
  while (sent < 35) sent += desk.send_all().size();
  auto const cancelled = desk.cancel(Desk::about(desk.alert("c-1", MsgType::cancel), made));
  CHECK(cancelled.recipients == sent);
  CHECK(desk.count("SELECT count(*) FROM chunks WHERE kind = 'alert'") == 0);
  std::set<std::string> told;
  while (desk.next_due())
    for (auto const& message : desk.send_all()) {
      CHECK(message.kind == MessageKind::cancel);
      CHECK(told.insert(message.address).second);
    }
  CHECK(told.size() == sent);
}

}  // namespace
}  // namespace siaga::test
