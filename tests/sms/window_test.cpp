#include "protocols/sms/smpp/window.hpp"

#include <vector>

#include "tests/sms/outbox_desk.hpp"

namespace siaga::sms {
namespace {

SteadyTime second(std::int64_t s) {
  return at(s * 1000).steady;
}

// Submits that leave one after the other until `width` are unanswered.
std::vector<Window::Departure> filled(Window& window, std::size_t width) {
  std::vector<Window::Departure> all;
  for (std::size_t n = 1; n <= width; ++n) all.push_back(window.depart(n));
  return all;
}

// An SMSC that bears `borne` is offered what the window allows, until so many were accepted.
std::size_t refused_by(Window& window, std::size_t borne, std::size_t accepted_wanted) {
  std::size_t accepted = 0, refused = 0;
  while (accepted < accepted_wanted) {
    auto const round = filled(window, std::min<std::size_t>(10, window.limit()));
    for (auto const& one : round) {
      if (one.unanswered <= borne) {
        window.accepted(one);
        ++accepted;
      } else {
        CHECK(window.refused(one, second(0)) != Window::Blame::rate);
        ++refused;
      }
    }
  }
  return refused;
}

Window narrowed_to(std::size_t borne) {
  Window window;
  (void)refused_by(window, borne, borne * (borne + 1));
  REQUIRE(window.limit() == borne);
  return window;
}

}  // namespace

TEST_CASE("what an SMSC refuses beyond its window is asked for ever less often", "[sms]") {
  for (std::size_t const borne : {1U, 2U, 5U, 9U}) {
    CAPTURE(borne);
    Window window;
    CHECK(refused_by(window, borne, 1000) <= 20);
    CHECK(window.limit() <= borne + 1);
    CHECK(window.limit() >= borne);
  }
}

TEST_CASE("a submit refused alone is never laid to the window", "[sms]") {
  Window window;
  CHECK(window.refused(window.depart(1), second(0)) == Window::Blame::rate);
  CHECK_FALSE(window.is_narrowed());
}

TEST_CASE("refusals of one crowd, in any order, narrow to the fewest that were beside one",
          "[sms]") {
  Window window;
  auto const crowd = filled(window, 10);
  for (std::size_t const n : {6U, 9U, 4U, 7U})
    CHECK(window.refused(crowd[n], second(0)) == Window::Blame::window);
  CHECK(window.limit() == 4);
}

TEST_CASE("refused again within a window that has not proved itself, it was the rate", "[sms]") {
  Window window;
  auto const crowd = filled(window, 10);
  CHECK(window.refused(crowd[7], second(0)) == Window::Blame::window);
  auto const next = filled(window, 7);
  CHECK(window.refused(next[5], second(1)) == Window::Blame::rate);
  CHECK_FALSE(window.is_narrowed());
  CHECK(window.refused(next[6], second(2)) == Window::Blame::rate);
  CHECK(window.refused(window.depart(10), second(60)) == Window::Blame::rate);
  CHECK(window.refused(window.depart(10), second(61)) == Window::Blame::window);
}

TEST_CASE("a window that has proved itself stays when the rate is refused too", "[sms]") {
  auto window = narrowed_to(3);
  CHECK(window.refused(window.depart(1), second(0)) == Window::Blame::rate);
  for (int again = 1; again < 5; ++again) {
    auto const crowd = filled(window, 3);
    CHECK(window.refused(crowd[2], second(again)) == Window::Blame::rate);
    CHECK(window.refused(crowd[0], second(again)) == Window::Blame::rate);
    CHECK(window.limit() == 3);
    CHECK(refused_by(window, 3, 9) == 0);
  }
}

TEST_CASE("an SMSC that comes to bear fewer is slowed down for a minute, then understood",
          "[sms]") {
  auto window = narrowed_to(9);
  for (int again = 0; again < 2; ++again)
    CHECK(window.refused(filled(window, 9)[4], second(again)) == Window::Blame::rate);
  CHECK(window.refused(filled(window, 9)[4], second(60)) == Window::Blame::rate);
  CHECK(window.refused(filled(window, 9)[4], second(61)) == Window::Blame::window);
  CHECK(window.limit() == 4);
}

TEST_CASE("beside a probe that is refused, what the window has borne is refused for the rate",
          "[sms]") {
  auto window = narrowed_to(2);
  (void)refused_by(window, 2, 16);
  while (window.limit() < 3) window.accepted(window.depart(2));
  auto const crowd = filled(window, 3);
  CHECK(window.refused(crowd[2], second(1)) == Window::Blame::probe);
  CHECK(window.refused(crowd[1], second(1)) == Window::Blame::rate);
  CHECK(window.limit() == 2);
}

TEST_CASE("answers on their way make a window seem wider than it is, and prove nothing", "[sms]") {
  auto window = narrowed_to(1);
  (void)refused_by(window, 1, 100);
  while (window.limit() < 2) window.accepted(window.depart(1));
  for (int i = 0; i < 4; ++i) window.accepted(window.depart(2));
  CHECK(window.refused(window.depart(2), second(1)) == Window::Blame::probe);
  CHECK(window.limit() == 1);
}

TEST_CASE("a probe that several sessions make at once is one", "[sms]") {
  auto window = narrowed_to(1);
  while (window.limit() < 2) window.accepted(window.depart(1));
  std::vector<Window::Departure> probes;
  for (int session = 0; session < 4; ++session) probes.push_back(filled(window, 2)[1]);
  for (auto const& probe : probes) CHECK(window.refused(probe, second(1)) == Window::Blame::probe);
  CHECK(window.limit() == 1);
}

TEST_CASE("a window that is borne wider again is used wider again", "[sms]") {
  auto window = narrowed_to(2);
  CHECK(refused_by(window, 10, 2000) == 0);
  CHECK(window.limit() > 9);
}

TEST_CASE("a smaller window of the SMSC is kept to, and the rate left as it was", "[sms]") {
  Desk desk(10, 1000);
  std::deque<Sms> crowd;
  for (int i = 0; i < 20; ++i) desk.outbox.add(crowd.emplace_back(std::vector<std::string>{"x"}));
  auto wrote = desk.pump();
  REQUIRE(wrote.size() == 10);
  for (std::size_t i = 0; i < 10; ++i)
    desk.answer(wrote[i].sequence, i < 2 ? Status::ok : Status::throttled);
  CHECK(desk.pump().empty());  // a crowd refused is a pause all the same
  CHECK(desk.outbox.window().limit() == 2);
  CHECK(desk.outbox.pace().per_s() == 1000);
  desk.ms += 200;
  std::size_t submits = 10;
  while (!desk.outbox.empty()) {
    wrote = desk.pump();
    REQUIRE_FALSE(wrote.empty());
    submits += wrote.size();
    for (std::size_t i = 0; i < wrote.size(); ++i)
      desk.answer(wrote[i].sequence, i < 2 ? Status::ok : Status::throttled);
    desk.ms += 20;
  }
  CHECK(submits <= 30);
  CHECK(desk.ms <= 200 + 10 * 20);
}

}  // namespace siaga::sms
