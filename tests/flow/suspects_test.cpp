#include "gateway/flow/suspects.hpp"

#include "tests/support/catch.hpp"

using namespace siaga;
using namespace std::chrono_literals;
using flow::Suspects;
using Standing = Suspects::Standing;
using Verdict = Suspects::Verdict;

namespace {

SteadyTime const start{};

// Ends the connection alone, with another passing before each further try.
Suspects set_aside(std::string const& name) {
  Suspects suspects;
  suspects.ended_in_company(name);
  for (int i = 0; i < 2; ++i) {
    CHECK(suspects.ended_alone(name, start) == Verdict::none);
    suspects.passed("another");
  }
  CHECK(suspects.ended_alone(name, start) == Verdict::set_aside);
  return suspects;
}

}  // namespace

TEST_CASE(
    "what was on its way when the connection ended is tried alone, and is clear once it passed",
    "[flow]") {
  Suspects suspects;
  CHECK(suspects.standing("a", start) == Standing::clear);
  suspects.ended_in_company("a");
  CHECK(suspects.standing("a", start) == Standing::alone);
  CHECK_FALSE(suspects.passed("a"));
  CHECK(suspects.standing("a", start) == Standing::clear);
  CHECK_FALSE(suspects.any());
}

TEST_CASE("one that ended the connection alone lets another pass before it is tried again",
          "[flow]") {
  Suspects suspects;
  suspects.ended_in_company("a");
  (void)suspects.ended_alone("a", start);
  CHECK(suspects.standing("a", start) == Standing::not_yet);
  suspects.passed("b");
  CHECK(suspects.standing("a", start) == Standing::behind);
}

TEST_CASE("three times alone, others passing between, set it aside for 1, 5, 30 and 30 minutes",
          "[flow]") {
  auto suspects = set_aside("a");
  auto now = start;
  for (auto const rest : {1min, 5min, 30min, 30min}) {
    suspects.passed("b");
    CHECK(suspects.standing("a", now + rest - 1ms) == Standing::not_yet);
    CHECK(suspects.next_try(now) == now + rest);
    now += rest;
    CHECK(suspects.standing("a", now) == Standing::behind);
    CHECK(suspects.ended_alone("a", now) == Verdict::none);
  }
}

TEST_CASE("one that passes after all is as any other, and was told of", "[flow]") {
  auto suspects = set_aside("a");
  CHECK(suspects.passed("a"));
  CHECK(suspects.standing("a", start) == Standing::clear);
}

TEST_CASE("where nothing passes the peer is to blame and nothing is set aside", "[flow]") {
  Suspects suspects;
  suspects.ended_in_company("a");
  suspects.ended_in_company("b");
  for (auto now = start; now < start + 60s; now += 1s) {
    CHECK(suspects.ended_alone("a", now) == Verdict::none);
    CHECK(suspects.ended_alone("b", now) == Verdict::none);
  }
  CHECK(suspects.standing("a", start + 60s + 15s) == Standing::behind);
}

TEST_CASE("one that has been set aside for a day may be let go of", "[flow]") {
  auto const suspects = set_aside("a");
  CHECK_FALSE(suspects.is_over("a", start + 23h));
  CHECK(suspects.is_over("a", start + 24h));
}
