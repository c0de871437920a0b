#include "protocols/sms/smpp/reconnect.hpp"

#include "tests/sms/outbox_desk.hpp"

namespace siaga::sms {
namespace {

constexpr double earliest = 0, latest = 1;
constexpr std::size_t window = 10;

milliseconds s(double seconds) {
  return milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

SteadyTime second(std::int64_t seconds) {
  return at(seconds * 1000).steady;
}

// Has failed until it waits a minute.
Reconnect tired() {
  Reconnect reconnect(window);
  for (int i = 0; i < 7; ++i) (void)reconnect.wait(second(i), latest);
  return reconnect;
}

}  // namespace

TEST_CASE("each failure doubles the wait for the next connection, to a minute", "[sms]") {
  Reconnect reconnect(window);
  for (double const expected : {1, 2, 4, 8, 16, 32, 60, 60, 60})
    CHECK(reconnect.wait(second(0), latest) == s(expected));
}

TEST_CASE("chance moves the wait within its upper half", "[sms]") {
  Reconnect reconnect(window);
  for (double const expected : {0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0})
    CHECK(reconnect.wait(second(0), earliest) == s(expected));
  CHECK(tired().wait(second(0), 0.5) == s(45));
}

TEST_CASE("a bind that held for ten seconds is forgiven its end, one that did not is not",
          "[sms]") {
  auto brief = tired();
  brief.begin();
  brief.bound(second(100));
  CHECK(brief.wait(second(109), latest) == s(60));
  brief.begin();
  brief.bound(second(200));
  CHECK(brief.wait(second(210), latest) == s(1));
  CHECK(brief.wait(second(220), latest) == s(2));
}

TEST_CASE("so is one that carried more than it can have left in doubt", "[sms]") {
  auto reconnect = tired();
  reconnect.begin();
  reconnect.bound(second(100));
  for (std::size_t i = 0; i < window; ++i) reconnect.carried();
  CHECK(reconnect.wait(second(101), latest) == s(60));
  reconnect.begin();
  reconnect.bound(second(200));
  for (std::size_t i = 0; i <= window; ++i) reconnect.carried();
  CHECK(reconnect.wait(second(201), latest) == s(1));
}

TEST_CASE("a connection that was never bound counts for nothing, however long it stood", "[sms]") {
  auto reconnect = tired();
  reconnect.begin();
  CHECK(reconnect.wait(second(1000), latest) == s(60));
}

}  // namespace siaga::sms
