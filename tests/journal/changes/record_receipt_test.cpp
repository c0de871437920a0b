#include "tests/journal/desk.hpp"

namespace siaga::test {
namespace {

struct SentMessage {
  explicit SentMessage(std::vector<std::string> references) {
    desk.raise("a-1", plan_for(recipients(1, 1)));
    auto const delivery = desk.claim().front();
    id = delivery.id;
    desk.record(delivery, Sent(std::move(references)));
  }
  Result<Recorded> say(std::string reference, DeliveryState state, std::string why = "") {
    Receipt receipt(sms, std::move(reference), state, std::move(why), desk.clock.utc_now());
    return desk.await(desk.journal().record(receipt));
  }
  std::vector<AlertId> assume() {
    return desk.get(desk.journal().assume_delivered(10min, desk.now()));
  }
  std::string assumed() {
    return desk.ask<std::string>("SELECT detail FROM log WHERE kind = 'assumed'");
  }
  std::int64_t waiting() { return desk.count("SELECT count(*) FROM partly_told"); }
  std::int64_t rows() { return desk.count("SELECT count(*) FROM log WHERE kind = 'receipt'"); }

  Desk desk;
  DeliveryId id;
};

TEST_CASE("a message of several parts is delivered when all of them are", "[journal]") {
  SentMessage message({"p1", "p2"});
  CHECK(message.say("p1", DeliveryState::delivered)->state == DeliveryState::sent);
  CHECK(message.say("p2", DeliveryState::delivered)->state == DeliveryState::delivered);
  CHECK(message.desk.state(message.id) == DeliveryState::delivered);
  CHECK(message.rows() == 2);
}

TEST_CASE("a network that tells of one part only has delivered the message after a while",
          "[journal]") {
  SentMessage message({"p1", "p2", "p3"});
  auto const part = GENERATE("p1", "p3");
  message.say(part, DeliveryState::delivered);
  message.desk.clock.advance(10min - 1ms);
  CHECK(message.assume().empty());
  CHECK(message.desk.state(message.id) == DeliveryState::sent);
  message.desk.clock.advance(1ms);
  CHECK(message.assume() == std::vector<AlertId>{AlertId(1)});
  CHECK(message.desk.state(message.id) == DeliveryState::delivered);
  CHECK(message.assumed() == "state=delivered parts=1/3 reason=no word of the others for 10m");
  CHECK(message.desk.ask<std::string>("SELECT reason FROM deliveries") ==
        "receipts of 1/3 parts only");
  CHECK(message.assume().empty());
}

TEST_CASE("each further part that is told of gives the others their time again", "[journal]") {
  SentMessage message({"p1", "p2", "p3"});
  message.say("p1", DeliveryState::delivered);
  message.desk.clock.advance(9min);
  message.say("p2", DeliveryState::delivered);
  message.say("p1", DeliveryState::delivered);
  message.desk.clock.advance(9min);
  CHECK(message.assume().empty());
  message.desk.clock.advance(1min);
  CHECK(message.assume().size() == 1);
}

TEST_CASE("nothing is assumed of a message nobody told of, nor of one part of one", "[journal]") {
  SentMessage silent({"p1", "p2"}), single({"p1"});
  single.say("p1", DeliveryState::delivered);
  CHECK(single.waiting() == 0);
  silent.desk.clock.advance(24h);
  CHECK(silent.assume().empty());
  CHECK(silent.desk.state(silent.id) == DeliveryState::sent);
}

TEST_CASE("a message told of whole, or failed, waits for nothing more", "[journal]") {
  SentMessage whole({"p1", "p2"}), failed({"p1", "p2"});
  for (auto* message : {&whole, &failed}) {
    message->say("p1", DeliveryState::delivered);
    CHECK(message->waiting() == 1);
  }
  whole.say("p2", DeliveryState::delivered);
  failed.say("p2", DeliveryState::failed);
  for (auto* message : {&whole, &failed}) {
    CHECK(message->waiting() == 0);
    message->desk.clock.advance(1h);
    CHECK(message->assume().empty());
  }
  CHECK(failed.desk.state(failed.id) == DeliveryState::failed);
}

TEST_CASE("a part that fails after all fails the message that was assumed delivered", "[journal]") {
  SentMessage message({"p1", "p2"});
  message.say("p1", DeliveryState::delivered);
  message.desk.clock.advance(10min);
  message.assume();
  auto const recorded = message.say("p2", DeliveryState::failed, "UNDELIV err 27");
  CHECK(recorded->state == DeliveryState::failed);
  CHECK(recorded->step_failed);
  CHECK(message.desk.ask<std::string>("SELECT detail FROM log ORDER BY seq DESC LIMIT 1") ==
        "said=failed state=failed parts=1/2 reason=UNDELIV err 27");
  CHECK(message.desk.ask<std::string>("SELECT reason FROM deliveries") == "UNDELIV err 27");
}

TEST_CASE("a part that arrives after all leaves nothing assumed", "[journal]") {
  SentMessage message({"p1", "p2"});
  message.say("p1", DeliveryState::delivered);
  message.desk.clock.advance(10min);
  message.assume();
  CHECK(message.say("p2", DeliveryState::delivered)->state == DeliveryState::delivered);
  CHECK(message.desk.ask<std::string>("SELECT reason FROM deliveries").empty());
  CHECK(message.say("p2", DeliveryState::failed)->state == DeliveryState::delivered);
}

TEST_CASE("after a restart the network has its time again to tell of the other parts",
          "[journal]") {
  SentMessage message({"p1", "p2"});
  message.say("p1", DeliveryState::delivered);
  message.desk.close();
  message.desk.clock.advance(1h);
  message.desk.open();
  message.desk.store->reopen_claims(message.desk.now()).value();
  CHECK(message.assume().empty());
  message.desk.clock.advance(10min);
  CHECK(message.assume().size() == 1);
}

TEST_CASE("one failed part fails the message", "[journal]") {
  SentMessage message({"p1", "p2"});
  message.say("p1", DeliveryState::delivered);
  auto const recorded = message.say("p2", DeliveryState::failed, "absent subscriber");
  CHECK(recorded->state == DeliveryState::failed);
  CHECK(recorded->step_failed);
  CHECK(message.desk.ask<std::string>("SELECT reason FROM deliveries") == "absent subscriber");
}

TEST_CASE("a part taken back from the network cancels the message, unless it had arrived",
          "[journal]") {
  SentMessage taken_back({"p1", "p2"});
  taken_back.say("p1", DeliveryState::delivered);
  CHECK(taken_back.say("p2", DeliveryState::cancelled)->state == DeliveryState::cancelled);
  CHECK(taken_back.say("p2", DeliveryState::failed, "DELETED")->state == DeliveryState::cancelled);
  SentMessage there({"p1"});
  there.say("p1", DeliveryState::delivered);
  CHECK(there.say("p1", DeliveryState::cancelled)->state == DeliveryState::delivered);
}

TEST_CASE("the same receipt twice changes and logs nothing", "[journal]") {
  SentMessage message({"p1"});
  message.say("p1", DeliveryState::delivered);
  auto const again = message.say("p1", DeliveryState::delivered);
  REQUIRE(again);
  CHECK(again->state == DeliveryState::delivered);
  CHECK(message.rows() == 1);
}

TEST_CASE("a receipt for a message nobody sent is not found", "[journal]") {
  SentMessage message({"p1"});
  CHECK(message.say("p9", DeliveryState::delivered).error().is(Errc::not_found));
}

TEST_CASE("a late delivered wins over failed, a late failed changes nothing", "[journal]") {
  SentMessage message({"p1"});
  CHECK(message.say("p1", DeliveryState::failed)->state == DeliveryState::failed);
  CHECK(message.say("p1", DeliveryState::delivered)->state == DeliveryState::delivered);
  CHECK(message.say("p1", DeliveryState::failed)->state == DeliveryState::delivered);
  CHECK(message.rows() == 3);
}

TEST_CASE("a read message was delivered and stays read", "[journal]") {
  SentMessage message({"p1"});
  message.say("p1", DeliveryState::delivered);
  CHECK(message.say("p1", DeliveryState::read)->state == DeliveryState::read);
  CHECK(message.say("p1", DeliveryState::delivered)->state == DeliveryState::read);
}

TEST_CASE("a reference the network gives out again means the newer message", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 2)));
  auto const claimed = desk.claim();
  desk.record(claimed[0], Sent({"77"}));
  desk.record(claimed[1], Sent({"77"}));
  Receipt const receipt(sms, "77", DeliveryState::delivered, "", desk.clock.utc_now());
  desk.get(desk.journal().record(receipt));
  CHECK(desk.state(claimed[0].id) == DeliveryState::sent);
  CHECK(desk.state(claimed[1].id) == DeliveryState::delivered);
}

}  // namespace
}  // namespace siaga::test
