#include "protocols/sms/smpp/pace.hpp"

#include "tests/support/catch.hpp"

namespace siaga::sms {
namespace {

SteadyTime at(std::int64_t ms) {
  return SteadyTime(milliseconds(1'000'000 + ms));
}

// An SMSC that takes `limit` parts a second and refuses the rest, driven for a while.
struct Trial {
  int accepted = 0, refused = 0;
  std::int64_t ended_at = 0;
};

Trial run_against(double limit, int messages, std::int64_t give_up) {
  Pace pace(0);
  Trial trial;
  double room = limit / 4;
  int offered = 0;
  for (std::int64_t ms = 0; ms < give_up && trial.accepted < messages; ++ms) {
    room = std::min(limit / 4, room + limit / 1000);
    offered = static_cast<int>(std::min<std::int64_t>(messages, ms * 300 / 1000 + 1));
    while (trial.accepted < offered && pace.take(at(ms))) {
      if (room < 1) {
        pace.throttled(at(ms), milliseconds(200));
        ++trial.refused;
        continue;
      }
      room -= 1;
      pace.accepted(at(ms));
      ++trial.accepted;
    }
    trial.ended_at = ms;
  }
  return trial;
}

}  // namespace

TEST_CASE("no more parts go than the contract allows, in any second", "[sms]") {
  Pace pace(100);
  int sent = 0;
  for (std::int64_t ms = 0; ms < 10000; ++ms)
    while (pace.take(at(ms))) ++sent;
  CHECK(sent >= 1000);
  CHECK(sent <= 1011);
}

TEST_CASE("without a ceiling nothing waits", "[sms]") {
  Pace pace(0);
  for (int i = 0; i < 100000; ++i) REQUIRE(pace.take(at(0)));
}

TEST_CASE("the time of the next part is known", "[sms]") {
  Pace pace(10);
  REQUIRE(pace.take(at(0)));
  REQUIRE_FALSE(pace.take(at(0)));
  CHECK(pace.ready_at(at(0)) == at(100));
  CHECK_FALSE(pace.take(at(99)));
  CHECK(pace.take(at(100)));
}

TEST_CASE("a refusal pauses the whole bind, those of the same window count once", "[sms]") {
  Pace pace(1000);
  REQUIRE(pace.take(at(0)));
  pace.throttled(at(1), milliseconds(200));
  auto const rate = pace.per_s();
  pace.throttled(at(2), milliseconds(200));
  CHECK(pace.per_s() == rate);
  CHECK_FALSE(pace.take(at(200)));
  CHECK(pace.ready_at(at(2)) > at(200));
  CHECK(pace.is_slowed(at(1000)));
  CHECK_FALSE(pace.is_slowed(at(6000)));
}

TEST_CASE("a submit the carrier counts as several parts takes the room of all", "[sms]") {
  Pace pace(10);
  REQUIRE(pace.take(at(0), 3));
  CHECK(pace.ready_at(at(0)) == at(300));
  CHECK_FALSE(pace.take(at(299)));
  CHECK(pace.take(at(301)));
}

TEST_CASE("a network that says it is congested is offered less, once a second", "[sms]") {
  Pace pace(100);
  REQUIRE(pace.take(at(0)));
  for (int i = 0; i < 10; ++i) pace.accepted(at(0));
  pace.congested(at(1), 89);
  CHECK(pace.per_s() == 100);
  CHECK_FALSE(pace.is_slowed(at(1)));
  pace.congested(at(1), 95);
  auto const eased = pace.per_s();
  CHECK(eased <= 90);
  pace.congested(at(2), 100);
  CHECK(pace.per_s() == eased);
  pace.congested(at(1002), 100);
  CHECK(pace.per_s() <= eased / 2 + 1);
  CHECK(pace.is_slowed(at(1002)));
  (void)pace.take(at(120000));
  CHECK(pace.per_s() == 100);
}

TEST_CASE("an unknown limit of 100 a second is found with few refusals", "[sms]") {
  auto const trial = run_against(100, 3000, 60000);
  CHECK(trial.accepted == 3000);
  CHECK(trial.refused <= 300);
  CHECK(trial.ended_at <= 33000);
}

TEST_CASE("a limit far below is found too, and left again when it is gone", "[sms]") {
  auto const trial = run_against(5, 100, 60000);
  CHECK(trial.accepted == 100);
  Pace pace(1000);
  for (int i = 0; i < 20; ++i) pace.throttled(at(i * 40000), milliseconds(200));
  CHECK(pace.per_s() < 1000);
  auto const later = at(20 * 40000 + 120000);
  (void)pace.take(later);
  CHECK(pace.per_s() == 1000);
}

}  // namespace siaga::sms
