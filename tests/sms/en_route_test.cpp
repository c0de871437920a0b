#include "protocols/sms/smpp/en_route.hpp"

#include "tests/support/catch.hpp"

namespace siaga::sms {
namespace {

SteadyTime at(std::int64_t s) {
  return SteadyTime(std::chrono::seconds(1000 + s));
}

EnRoute::Part part(AlertId alert, Priority priority = Priority::life) {
  return {alert, "0A1B", "6281200000001", priority, at(86400)};
}

AlertId const flood{7};
AlertId const fire{8};

}  // namespace

TEST_CASE("what a withdrawn alert still has en route is taken back, once", "[sms]") {
  EnRoute en_route(milliseconds(0));
  en_route.add("a1b", part(flood), at(0));
  en_route.add("c2d", part(fire), at(0));
  CHECK(en_route.next_due() == SteadyTime::max());
  en_route.withdraw(flood, at(0));
  CHECK(en_route.next_due() <= at(0));
  auto const question = en_route.next_question(at(0));
  REQUIRE(question);
  CHECK(question->command == Command::cancel_sm);
  CHECK(question->id == "0A1B");  // as the network wrote it
  CHECK(question->destination == "6281200000001");
  CHECK_FALSE(en_route.next_question(at(0)));
  auto const fate = en_route.told(question->ticket, {Command::cancel_sm, Status::ok, 0}, at(1));
  REQUIRE(fate);
  CHECK(fate->reference == "a1b");
  CHECK(fate->state == DeliveryState::cancelled);
}

TEST_CASE("what a network takes only after its alert was withdrawn is taken back at once",
          "[sms]") {
  EnRoute en_route(milliseconds(0));
  en_route.withdraw(flood, at(0));
  en_route.add("c2d", part(fire), at(600));
  CHECK_FALSE(en_route.next_question(at(600)));
  en_route.add("a1b", part(flood), at(600));
  CHECK(en_route.is_withdrawn("a1b"));
  auto const question = en_route.next_question(at(600));
  REQUIRE(question);
  CHECK(question->command == Command::cancel_sm);
  CHECK_FALSE(en_route.next_question(at(601)));
}

TEST_CASE("withdrawn alerts are forgotten after an hour", "[sms]") {
  EnRoute en_route(milliseconds(0));
  en_route.withdraw(flood, at(0));
  en_route.withdraw(fire, at(3600));
  en_route.add("a1b", part(flood), at(3601));
  CHECK_FALSE(en_route.next_question(at(3601)));
}

TEST_CASE("a number given out again while its message is to be taken back stays", "[sms]") {
  EnRoute en_route(milliseconds(0));
  en_route.add("a1b", part(flood), at(0));
  en_route.withdraw(flood, at(1));
  en_route.add("a1b", part(fire), at(1));
  CHECK_FALSE(en_route.next_question(at(1)));
}

TEST_CASE("what has arrived is not taken back", "[sms]") {
  EnRoute en_route(milliseconds(0));
  en_route.add("a1b", part(flood), at(0));
  en_route.settled("a1b");
  en_route.withdraw(flood, at(0));
  CHECK_FALSE(en_route.next_question(at(0)));
}

TEST_CASE("what could not be taken back keeps its fate open", "[sms]") {
  EnRoute en_route(milliseconds(0));
  en_route.add("a1b", part(flood), at(0));
  en_route.withdraw(flood, at(0));
  auto const question = en_route.next_question(at(0));
  REQUIRE(question);
  Told const refused{Command::cancel_sm, Status::cancel_failed, 0};
  CHECK_FALSE(en_route.told(question->ticket, refused, at(1)));
}

TEST_CASE("an SMSC that does not know a question is not asked it again", "[sms]") {
  EnRoute en_route(std::chrono::seconds(60));
  en_route.add("a1b", part(flood), at(0));
  en_route.add("c2d", part(flood), at(0));
  en_route.withdraw(flood, at(0));
  auto const cancel = en_route.next_question(at(0));
  REQUIRE(cancel);
  (void)en_route.told(cancel->ticket, {Command::cancel_sm, Status::invalid_command, 0}, at(1));
  CHECK_FALSE(en_route.next_question(at(1)));
  auto const query = en_route.next_question(at(60));
  REQUIRE(query);
  REQUIRE(query->command == Command::query_sm);
  (void)en_route.told(query->ticket, {Command::query_sm, Status::invalid_command, 0}, at(61));
  CHECK_FALSE(en_route.next_question(at(3600)));
  CHECK(en_route.next_due() == SteadyTime::max());
}

TEST_CASE("the fate of a pressing part nobody tells of is asked for, ever more rarely", "[sms]") {
  EnRoute en_route(std::chrono::seconds(60));
  en_route.add("a1b", part(flood), at(0));
  en_route.add("c2d", part(flood, Priority::normal), at(0));
  std::vector<std::int64_t> asked;
  for (std::int64_t s = 0; s < 7200; ++s) {
    auto const question = en_route.next_question(at(s));
    if (!question) continue;
    asked.push_back(s);
    CHECK(question->command == Command::query_sm);
    Told const under_way{Command::query_sm, Status::ok, 1};
    CHECK_FALSE(en_route.told(question->ticket, under_way, at(s)));
  }
  CHECK(asked == std::vector<std::int64_t>{60, 180, 420, 900});
}

TEST_CASE("no more than one query a second goes out, whatever waits", "[sms]") {
  EnRoute en_route(std::chrono::seconds(60));
  for (int i = 0; i < 100; ++i) en_route.add("r" + std::to_string(i), part(flood), at(0));
  CHECK(en_route.next_question(at(60)));
  CHECK_FALSE(en_route.next_question(at(60)));
  CHECK(en_route.next_due() == at(61));
  CHECK(en_route.next_question(at(61)));
}

TEST_CASE("a query's answer is a receipt when it is final", "[sms]") {
  EnRoute en_route(std::chrono::seconds(60));
  struct Case {
    std::uint8_t state;
    DeliveryState means;
  };
  for (auto const& one : {Case{2, DeliveryState::delivered}, Case{3, DeliveryState::failed},
                          Case{5, DeliveryState::failed}, Case{8, DeliveryState::failed}}) {
    auto const begun = at(one.state * 10000);
    auto fresh = part(flood);
    fresh.forget_at = begun + std::chrono::hours(1);
    en_route.add("a1b", fresh, begun);
    auto const question = en_route.next_question(begun + std::chrono::seconds(60));
    REQUIRE(question);
    auto const fate =
        en_route.told(question->ticket, {Command::query_sm, Status::ok, one.state}, begun);
    REQUIRE(fate);
    CHECK(fate->state == one.means);
  }
}

TEST_CASE("a number given out again means the newer part by it", "[sms]") {
  EnRoute en_route(std::chrono::seconds(60));
  en_route.add("a1b", part(flood), at(0));
  en_route.add("a1b", part(fire), at(30));
  en_route.withdraw(flood, at(0));
  CHECK_FALSE(en_route.next_question(at(60)));
  CHECK(en_route.next_question(at(90)));
}

}  // namespace siaga::sms
