#include "tests/sms/outbox_desk.hpp"

namespace siaga::sms {

TEST_CASE("a message whose permission is held does not begin, one of which a part is out goes on",
          "[sms]") {
  Desk desk(1);
  Sms begun({"satu", "dua"}), waiting({"halo"});
  desk.outbox.add(begun);
  desk.outbox.add(waiting);
  auto wrote = desk.pump();
  REQUIRE(wrote.size() == 1);
  CHECK(begun.permission.begun());
  CHECK_FALSE(waiting.permission.begun());
  begun.permission.hold();
  waiting.permission.hold();
  desk.answer(wrote[0].sequence, Status::ok);
  wrote = desk.pump();
  REQUIRE(wrote.size() == 1);
  CHECK(wrote[0].text == "dua");
  desk.answer(wrote[0].sequence, Status::ok);
  CHECK(desk.pump().empty());
  CHECK(begun.is<Sent>());
  REQUIRE(waiting.is<FailedTemporarily>());
  CHECK(std::get<FailedTemporarily>(*waiting.outcome).whole_channel);
  CHECK(waiting.permission.refused());
}

TEST_CASE("a message refused for the rate asks again before it is written again", "[sms]") {
  Desk desk(1);
  Sms sms({"halo"});
  desk.outbox.add(sms);
  auto const wrote = desk.pump();
  REQUIRE(wrote.size() == 1);
  sms.permission.hold();
  desk.answer(wrote[0].sequence, Status::throttled);
  desk.ms += 1000;
  CHECK(desk.pump().empty());
  CHECK(sms.is<FailedTemporarily>());
}

TEST_CASE("a message is sent when its one part was accepted, under its canonical id", "[sms]") {
  Desk desk;
  Sms sms({"halo"}, Priority::life);
  sms.expires = at(0).utc + std::chrono::hours(2);
  desk.outbox.add(sms);
  auto const wrote = desk.pump();
  REQUIRE(wrote.size() == 1);
  CHECK(wrote[0].text == "halo");
  CHECK(wrote[0].priority == 3);
  CHECK(wrote[0].registered == 1);
  CHECK(wrote[0].esm_class == 0);
  CHECK(wrote[0].validity == "000000020000000R");
  CHECK_FALSE(sms.outcome);
  desk.answer(wrote[0].sequence, Status::ok, "00AB");
  REQUIRE(sms.is<Sent>());
  CHECK(std::get<Sent>(*sms.outcome).references == std::vector<std::string>{"ab"});
  CHECK(sms.settled == 1);
  CHECK(desk.outbox.empty());
}

TEST_CASE("a long message is sent only when all parts were, with their ids in order", "[sms]") {
  Desk desk;
  Sms sms({"a", "b", "c"});
  for (auto& part : sms.parts) part.esm_class = 0x40, part.data_coding = 0x08;
  desk.outbox.add(sms);
  auto const wrote = desk.pump();
  REQUIRE(wrote.size() == 3);
  CHECK(wrote[0].esm_class == 0x40);
  CHECK(wrote[0].coding == 8);
  desk.answer(wrote[2].sequence, Status::ok, "3");
  desk.answer(wrote[0].sequence, Status::ok, "1");
  CHECK_FALSE(sms.outcome);
  desk.answer(wrote[1].sequence, Status::ok, "2");
  REQUIRE(sms.is<Sent>());
  CHECK(std::get<Sent>(*sms.outcome).references == std::vector<std::string>{"1", "2", "3"});
}

TEST_CASE("what a carrier means by its own codes counts for its link", "[sms]") {
  Desk desk;
  auto const vendor = static_cast<Status>(0x412);
  auto const codes = CarrierCodes::read({"0x412 = permanent", "11=retry"});
  REQUIRE(codes);
  Sender sender{"SIAGA", 5, 0};
  sender.codes = *codes;
  desk.outbox = Outbox(sender, 0, desk.follow_up);
  Sms barred({"a"}), again({"b"});
  desk.outbox.add(barred);
  desk.outbox.add(again);
  auto const wrote = desk.pump();
  desk.answer(wrote[0].sequence, vendor);
  desk.answer(wrote[1].sequence, Status::invalid_destination);
  CHECK(barred.is<Failed>());
  CHECK(again.is<FailedTemporarily>());
}

TEST_CASE("an entry that is no code and class is refused with an example", "[sms]") {
  for (auto const* entry : {"0x412", "0x412=never", "0xZZ=retry", "=retry", "0=retry"})
    CHECK_THAT(CarrierCodes::read({entry}).error().text(),
               ContainsSubstring(entry) && ContainsSubstring("0x412=throttled"));
}

TEST_CASE("no more than the window is written, the urgent first", "[sms]") {
  Desk desk(2);
  Sms low({"low"}, Priority::low), normal({"n1", "n2"}), life({"life"}, Priority::life);
  for (auto* sms : {&low, &normal, &life}) desk.outbox.add(*sms);
  auto wrote = desk.pump();
  REQUIRE(wrote.size() == 2);
  CHECK(wrote[0].text == "life");
  CHECK(wrote[1].text == "n1");
  desk.answer(wrote[0].sequence, Status::ok);
  wrote = desk.pump();
  REQUIRE(wrote.size() == 1);
  CHECK(wrote[0].text == "n2");
  for (auto* sms : {&low, &normal, &life}) desk.outbox.drop(*sms);
}

TEST_CASE("a throttled part goes back to the head and the whole bind pauses", "[sms]") {
  Desk desk(2);
  Sms first({"1"}), second({"2"}), third({"3"});
  for (auto* sms : {&first, &second, &third}) desk.outbox.add(*sms);
  auto const wrote = desk.pump();
  REQUIRE(wrote.size() == 2);
  desk.answer(wrote[1].sequence, Status::throttled);
  desk.answer(wrote[0].sequence, Status::throttled);
  CHECK(desk.pump().empty());
  CHECK_FALSE(first.outcome);
  desk.ms = 5000;
  CHECK(desk.outbox.next_due(at(1).steady, true) < at(5000).steady);
  auto const again = desk.pump();
  REQUIRE_FALSE(again.empty());
  CHECK(again[0].text == "1");
  for (auto* sms : {&first, &second, &third}) desk.outbox.drop(*sms);
}

TEST_CASE("each answer of the SMSC has its outcome", "[sms]") {
  auto const outcome = [](Status status) {
    Desk desk;
    Sms sms({"x"});
    desk.outbox.add(sms);
    desk.answer(desk.pump().at(0).sequence, status);
    REQUIRE(sms.outcome);
    return *sms.outcome;
  };
  CHECK(std::holds_alternative<Failed>(outcome(Status::invalid_destination)));
  CHECK(std::get<Failed>(outcome(Status::invalid_destination)).reason ==
        "invalid destination address (0x0b)");
  for (auto const status : {Status::submit_failed, static_cast<Status>(0x4FF)})
    CHECK_FALSE(std::get<FailedTemporarily>(outcome(status)).whole_channel);
  for (auto const status : {Status::system_error, Status::temporary_app_error,
                            Status::invalid_bind_state, Status::already_bound})
    CHECK(std::get<FailedTemporarily>(outcome(status)).whole_channel);
}

TEST_CASE("of a long message only the part refused for the SMSC's trouble is sent again", "[sms]") {
  Desk desk;
  Sms sms({"1", "2"});
  desk.outbox.add(sms);
  auto const wrote = desk.pump();
  REQUIRE(wrote.size() == 2);
  desk.answer(wrote[1].sequence, Status::system_error);
  desk.answer(wrote[0].sequence, Status::ok);
  CHECK_FALSE(sms.outcome);
  CHECK(desk.pump().empty());
  desk.ms = 5000;
  auto const again = desk.pump();
  REQUIRE(again.size() == 1);
  CHECK(again[0].text == "2");
  desk.answer(again[0].sequence, Status::ok);
  CHECK(sms.is<Sent>());
}

TEST_CASE("a long message of which one part was refused may have reached the phone", "[sms]") {
  Desk desk;
  Sms sms({"1", "2"});
  desk.outbox.add(sms);
  auto const wrote = desk.pump();
  desk.answer(wrote.at(0).sequence, Status::ok);
  desk.answer(wrote.at(1).sequence, Status::submit_failed);
  REQUIRE(sms.is<OutcomeUnknown>());
  CHECK(reason(sms) == "part 2 of 2: submit failed (0x45)");
}

TEST_CASE("written and unanswered is unknown, never written is temporary", "[sms]") {
  Desk desk(1);
  Sms written({"1"}), queued({"2"});
  desk.outbox.add(written);
  desk.outbox.add(queued);
  REQUIRE(desk.pump().size() == 1);
  desk.why = Unanswered::at_end_of_link;
  desk.session.lose(Error(Errc::connection_lost, "gone"));
  desk.outbox.give_back("link down", milliseconds(1000), at(0).steady);
  REQUIRE(written.is<OutcomeUnknown>());
  CHECK(reason(written) == "the link was lost before the SMSC answered");
  CHECK(link_ended(*written.outcome));
  CHECK_FALSE(link_ended(*queued.outcome));
  REQUIRE(queued.is<FailedTemporarily>());
  CHECK(std::get<FailedTemporarily>(*queued.outcome).whole_channel);
}

TEST_CASE("a message of which some parts went is unknown when the link ends", "[sms]") {
  Desk desk(1);
  Sms sms({"1", "2"});
  desk.outbox.add(sms);
  auto const wrote = desk.pump();
  desk.answer(wrote.at(0).sequence, Status::ok);
  desk.outbox.give_back("link down", milliseconds(1000), at(0).steady);
  CHECK(sms.is<OutcomeUnknown>());
}

TEST_CASE("time is up at the deadline, whatever the SMSC does", "[sms]") {
  Desk desk(1);
  Sms written({"1"}), queued({"2"});
  written.deadline = queued.deadline = at(500).steady;
  desk.outbox.add(written);
  desk.outbox.add(queued);
  (void)desk.pump();
  CHECK(desk.outbox.next_due(at(0).steady, false) == at(500).steady);
  desk.outbox.tick(at(499).steady);
  CHECK_FALSE(written.outcome);
  desk.outbox.tick(at(500).steady);
  CHECK(written.is<OutcomeUnknown>());
  CHECK(queued.is<FailedTemporarily>());
  CHECK(desk.outbox.next_due(at(500).steady, false) == SteadyTime::max());
}

TEST_CASE("nothing is written past its expiry", "[sms]") {
  Desk desk;
  Sms sms({"x"});
  sms.expires = at(100).utc;
  desk.outbox.add(sms);
  desk.ms = 100;
  CHECK(desk.pump().empty());
  CHECK(sms.is<Failed>());
}

TEST_CASE("a long message that expires half sent is not called unsent", "[sms]") {
  Desk desk(1);
  Sms sms({"1", "2"});
  sms.expires = at(100).utc;
  desk.outbox.add(sms);
  desk.answer(desk.pump().at(0).sequence, Status::ok);
  desk.ms = 100;
  CHECK(desk.pump().empty());
  CHECK(sms.is<OutcomeUnknown>());
}

TEST_CASE("an answer for a message its sender has dropped harms nothing", "[sms]") {
  Desk desk;
  std::uint32_t sequence = 0;
  {
    Sms sms({"x"});
    desk.outbox.add(sms);
    sequence = desk.pump().at(0).sequence;
    desk.outbox.drop(sms);
  }
  desk.answer(sequence, Status::throttled);
  CHECK(desk.outbox.empty());
  CHECK(desk.outbox.pace().is_slowed(at(0).steady));
}

TEST_CASE("the SMSC is told how long a message is worth sending", "[sms]") {
  CHECK(relative_validity(std::chrono::seconds(1)) == "000000000001000R");
  CHECK(relative_validity(std::chrono::hours(26) + std::chrono::seconds(61)) == "000001020101000R");
  CHECK(relative_validity(std::chrono::hours(24 * 300)) == "000007000000000R");
  CHECK(relative_validity(milliseconds(1)) == "000000000001000R");
}

}  // namespace siaga::sms
