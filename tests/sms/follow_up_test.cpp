// What becomes known of messages after their outcome: late answers, strangers' receipts, questions.
#include <algorithm>

#include "tests/sms/outbox_desk.hpp"

namespace siaga::sms {
namespace {

constexpr std::int64_t overdue = 30'000;

void let_time_out(Desk& desk) {
  desk.ms = overdue;
  desk.session.tick(at(overdue).steady);
  desk.session.output().clear();
}

Sms an_sms(std::int64_t delivery, std::vector<std::string> texts = {"halo"}) {
  Sms sms(std::move(texts));
  sms.delivery = DeliveryId(delivery);
  sms.alert = AlertId(7);
  return sms;
}

// What is asked to be taken back of alert 7, by the network's ids.
std::vector<std::string> taken_back(Desk& desk) {
  auto& en_route = desk.follow_up->en_route;
  en_route.withdraw(AlertId(7), at(overdue).steady);
  std::vector<std::string> ids;
  while (auto const question = en_route.next_question(at(overdue).steady))
    ids.push_back(question->id);
  return ids;
}

std::vector<std::string> references(Resolved const& resolved) {
  return std::get<Sent>(resolved.outcome).references;
}

}  // namespace

TEST_CASE("an answer that comes after its time still finds its message", "[sms]") {
  Desk desk;
  auto sms = an_sms(41);
  desk.outbox.add(sms);
  auto const wrote = desk.pump();
  let_time_out(desk);
  REQUIRE(sms.is<OutcomeUnknown>());
  CHECK(desk.resolved.empty());
  desk.answer(wrote.at(0).sequence, Status::ok, "0A1B");
  REQUIRE(desk.resolved.size() == 1);
  CHECK(desk.resolved[0].delivery == DeliveryId(41));
  CHECK(references(desk.resolved[0]) == std::vector<std::string>{"a1b"});
}

TEST_CASE("a long message waits for its other parts before its outcome counts as unknown",
          "[sms]") {
  Desk desk;
  auto sms = an_sms(41, {"1", "2", "3"});
  desk.outbox.add(sms);
  auto const wrote = desk.pump();
  REQUIRE(wrote.size() == 3);
  desk.answer(wrote[0].sequence, Status::ok, "one");
  desk.answer(wrote[2].sequence, Status::ok, "three");
  CHECK_FALSE(sms.outcome);
  let_time_out(desk);
  REQUIRE(sms.is<OutcomeUnknown>());
  CHECK(reason(sms) == "part 2 of 3: the SMSC did not answer");
  desk.answer(wrote[1].sequence, Status::ok, "two");
  REQUIRE(desk.resolved.size() == 1);
  CHECK(references(desk.resolved[0]) == std::vector<std::string>{"one", "two", "three"});
}

TEST_CASE("a refusal that comes late lets the message go again at once, or never", "[sms]") {
  Desk desk;
  auto busy = an_sms(41), wrong = an_sms(42);
  desk.outbox.add(busy);
  desk.outbox.add(wrong);
  auto const wrote = desk.pump();
  let_time_out(desk);
  desk.answer(wrote.at(0).sequence, Status::submit_failed);
  desk.answer(wrote.at(1).sequence, Status::invalid_destination);
  REQUIRE(desk.resolved.size() == 2);
  CHECK(std::holds_alternative<FailedTemporarily>(desk.resolved[0].outcome));
  CHECK(std::holds_alternative<Failed>(desk.resolved[1].outcome));
}

TEST_CASE("a message that is sent again is no longer in doubt from before", "[sms]") {
  Desk desk;
  auto sms = an_sms(41), again = an_sms(41);
  desk.outbox.add(sms);
  auto const wrote = desk.pump();
  let_time_out(desk);
  desk.outbox.add(again);
  desk.answer(wrote.at(0).sequence, Status::ok, "late");
  CHECK(desk.resolved.empty());
}

TEST_CASE("a receipt nobody knows tells of the one message in doubt to that number", "[sms]") {
  Desk desk;
  auto sms = an_sms(41);
  desk.outbox.add(sms);
  (void)desk.pump();
  desk.session.lose(Error(Errc::connection_lost, "gone"));
  REQUIRE(sms.is<OutcomeUnknown>());
  auto& doubts = desk.follow_up->doubts;
  CHECK_FALSE(doubts.receipt_from("628999", "a1b", at(1).steady));
  auto const match = doubts.receipt_from(sms.destination, "a1b", at(1).steady);
  REQUIRE(match);
  REQUIRE(match->resolved);
  CHECK(match->resolved->delivery == DeliveryId(41));
  CHECK_FALSE(doubts.receipt_from(sms.destination, "c2d", at(1).steady));
}

TEST_CASE("a receipt tells nothing when two messages to its number are in doubt", "[sms]") {
  Desk desk;
  auto first = an_sms(41), second = an_sms(42);
  desk.outbox.add(first);
  desk.outbox.add(second);
  (void)desk.pump();
  desk.session.lose(Error(Errc::connection_lost, "gone"));
  CHECK_FALSE(desk.follow_up->doubts.receipt_from(first.destination, "a1b", at(1).steady));
}

TEST_CASE("a long message in doubt is resolved when every part has its receipt", "[sms]") {
  Desk desk;
  auto sms = an_sms(41, {"1", "2"});
  desk.outbox.add(sms);
  (void)desk.pump();
  desk.session.lose(Error(Errc::connection_lost, "gone"));
  auto& doubts = desk.follow_up->doubts;
  auto const first = doubts.receipt_from(sms.destination, "a", at(1).steady);
  REQUIRE(first);
  CHECK_FALSE(first->resolved);
  auto const repeated = doubts.receipt_from(sms.destination, "a", at(2).steady);
  REQUIRE(repeated);
  CHECK_FALSE(repeated->resolved);
  auto const second = doubts.receipt_from(sms.destination, "b", at(3).steady);
  REQUIRE(second);
  REQUIRE(second->resolved);
  CHECK(references(*second->resolved) == std::vector<std::string>{"a", "b"});
}

TEST_CASE("doubts end after ten minutes", "[sms]") {
  Desk desk;
  auto sms = an_sms(41);
  desk.outbox.add(sms);
  (void)desk.pump();
  desk.session.lose(Error(Errc::connection_lost, "gone"));
  CHECK_FALSE(desk.follow_up->doubts.receipt_from(sms.destination, "a1b", at(600'000).steady));
}

TEST_CASE("what was never written whole is not in doubt: it is sent again", "[sms]") {
  Desk desk(1);
  auto sms = an_sms(41, {"1", "2"});
  desk.outbox.add(sms);
  auto const wrote = desk.pump();
  desk.answer(wrote.at(0).sequence, Status::ok, "one");
  desk.outbox.give_back("link down", milliseconds(1000), at(0).steady);
  REQUIRE(sms.is<OutcomeUnknown>());
  CHECK_FALSE(desk.follow_up->doubts.receipt_from(sms.destination, "x", at(1).steady));
}

TEST_CASE("a withdrawn alert is taken back from the network after every message that waits",
          "[sms]") {
  Desk desk(1);
  auto flood = an_sms(41), other = an_sms(42);
  other.alert = AlertId(8);
  desk.outbox.add(flood);
  desk.answer(desk.pump().at(0).sequence, Status::ok, "0A1B");
  desk.follow_up->en_route.withdraw(AlertId(7), at(0).steady);
  desk.outbox.add(other);
  auto const wrote = desk.pump();
  REQUIRE(wrote.size() == 1);
  CHECK(wrote[0].text == "halo");
  desk.answer(wrote[0].sequence, Status::ok, "c2d");
  CHECK(desk.outbox.next_due(at(1).steady, true) <= at(1).steady);

  Session* const sessions[] = {&desk.session};
  desk.outbox.pump(sessions, at(1));
  auto const frame = next_pdu(desk.session.output());
  REQUIRE(frame.has_value());
  REQUIRE(frame->pdu);
  REQUIRE(frame->pdu->header.command == Command::cancel_sm);
  auto const name = decode_cancel(frame->pdu->body);
  REQUIRE(name.has_value());
  CHECK(name->message_id == "0A1B");
  CHECK(name->source.text == "SIAGA");
  CHECK(name->destination.text == flood.destination);
  desk.answer(frame->pdu->header.sequence, Command::cancel_sm_resp, Status::ok);
  REQUIRE(desk.fates.size() == 1);
  CHECK(desk.fates[0].reference == "a1b");
  CHECK(desk.fates[0].state == DeliveryState::cancelled);
}

TEST_CASE("what a network takes late of a withdrawn alert is taken back too", "[sms]") {
  Desk desk;
  auto sms = an_sms(41);
  desk.outbox.add(sms);
  auto const wrote = desk.pump();
  let_time_out(desk);
  desk.answer(wrote.at(0).sequence, Status::ok, "0A1B");
  CHECK(taken_back(desk) == std::vector<std::string>{"0A1B"});
}

TEST_CASE("both copies of a message that was sent twice are taken back", "[sms]") {
  Desk desk;
  auto sms = an_sms(41), again = an_sms(41);
  desk.outbox.add(sms);
  auto const first = desk.pump();
  let_time_out(desk);
  desk.outbox.add(again);
  auto const second = desk.pump();
  desk.answer(second.at(0).sequence, Status::ok, "c2d");
  desk.answer(first.at(0).sequence, Status::ok, "a1b");
  auto ids = taken_back(desk);
  std::sort(ids.begin(), ids.end());
  CHECK(ids == std::vector<std::string>{"a1b", "c2d"});
}

TEST_CASE("a part is taken back though the message was not written whole in its time", "[sms]") {
  Desk desk(1);
  auto sms = an_sms(41, {"1", "2"});
  desk.outbox.add(sms);
  auto const wrote = desk.pump();
  REQUIRE(wrote.size() == 1);
  desk.outbox.tick(at(60'000).steady);
  REQUIRE(sms.is<OutcomeUnknown>());
  desk.answer(wrote[0].sequence, Status::ok, "one");
  CHECK(desk.resolved.empty());
  CHECK(taken_back(desk) == std::vector<std::string>{"one"});
}

TEST_CASE("of a message that failed, the part taken after that is taken back", "[sms]") {
  Desk desk;
  auto sms = an_sms(41, {"1", "2"});
  desk.outbox.add(sms);
  auto const wrote = desk.pump();
  desk.answer(wrote.at(0).sequence, Status::invalid_destination);
  REQUIRE(sms.is<Failed>());
  desk.answer(wrote.at(1).sequence, Status::ok, "two");
  CHECK(desk.resolved.empty());
  CHECK(taken_back(desk) == std::vector<std::string>{"two"});
}

TEST_CASE("messages go to the session with the fewest unanswered, one pace over all", "[sms]") {
  Desk desk(2, 50);
  SessionOwner& owner = desk;
  Session second(Desk::rules(2), owner);
  second.open(at(0).steady);
  Header h;
  h.command = Command::bind_transceiver_resp;
  h.sequence = 1;
  std::string bytes;
  encode(bytes, h, "smsc");
  (void)second.receive(bytes, at(0).steady);
  second.output().clear();

  std::vector<std::unique_ptr<Sms>> all;
  for (int i = 0; i < 10; ++i) {
    all.push_back(std::make_unique<Sms>(std::vector<std::string>{"x"}));
    desk.outbox.add(*all.back());
  }
  Session* const sessions[] = {&desk.session, &second};
  desk.outbox.pump(sessions, at(0));
  CHECK(desk.session.unanswered() == 2);
  CHECK(second.unanswered() == 2);
  desk.session.lose(Error(Errc::connection_lost, "gone"));
  CHECK(all[0]->is<OutcomeUnknown>());
  CHECK_FALSE(all[9]->outcome);  // waits for the session that is left
}

TEST_CASE("a text the carrier cuts itself takes the room of its parts", "[sms]") {
  Desk desk(10, 30);
  Sms big({"long"}), next({"x"});
  big.parts[0].counts_as = 4;
  desk.outbox.add(big);
  desk.outbox.add(next);
  CHECK(desk.pump().size() == 1);
  desk.ms = 30;
  CHECK(desk.pump().empty());
  desk.ms = 100;
  CHECK(desk.pump().size() == 1);
}

}  // namespace siaga::sms
