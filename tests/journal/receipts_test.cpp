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
