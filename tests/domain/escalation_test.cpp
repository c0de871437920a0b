#include "gateway/domain/escalation.hpp"

#include "tests/support/catch.hpp"

using namespace siaga;
using namespace std::chrono_literals;

namespace {

constexpr SteadyTime start{1'000'000ms};

Policy policy_of(std::vector<milliseconds> const& afters, int repeat) {
  Policy policy;
  policy.id = PolicyId("siaga-1");
  policy.repeat = repeat;
  for (auto const after : afters) {
    Step step;
    step.after = after;
    policy.steps.push_back(step);
  }
  return policy;
}

// Every due time of a ladder nobody answers, relative to its start.
std::vector<milliseconds> dues_of(Policy const& policy) {
  std::vector<milliseconds> dues;
  LadderPosition here{0, 0, start};
  while (auto const next = next_step(policy, here)) {
    dues.push_back(next->due - start);
    here = next->position;
  }
  return dues;
}

using Dues = std::vector<milliseconds>;

}  // namespace

TEST_CASE("a step is due its time after the start of the round", "[domain]") {
  CHECK(dues_of(policy_of({0s, 5min, 15min}, 1)) == Dues{5min, 15min});
}

TEST_CASE("a new round leaves the last step as much time as the longest gap", "[domain]") {
  CHECK(dues_of(policy_of({0s, 5min, 15min}, 2)) == Dues{5min, 15min, 25min, 30min, 40min});
  CHECK(dues_of(policy_of({0s, 10min, 12min}, 2)) == Dues{10min, 12min, 22min, 32min, 34min});
}

TEST_CASE("rounds are at least a minute apart", "[domain]") {
  CHECK(dues_of(policy_of({0s}, 3)) == Dues{60s, 120s});
  CHECK(dues_of(policy_of({0s, 5s}, 2)) == Dues{5s, 65s, 70s});
}

TEST_CASE("repeat is the number of rounds in all", "[domain]") {
  CHECK(dues_of(policy_of({0s, 1min}, 1)).size() == 1);
  CHECK(dues_of(policy_of({0s, 1min}, 4)).size() == 7);
  CHECK(dues_of(policy_of({0s}, 1)).empty());
  CHECK(dues_of(policy_of({0s}, 0)).empty());
}

TEST_CASE("a policy without steps has no next step", "[domain]") {
  CHECK_FALSE(next_step(policy_of({}, 3), LadderPosition{0, 0, start}));
  CHECK_FALSE(next_step_now(policy_of({}, 3), LadderPosition{0, 0, start}, start));
}

TEST_CASE("after a refusal the next step starts now and the later ones keep their distance",
          "[domain]") {
  auto const policy = policy_of({0s, 5min, 15min}, 1);
  auto const now = start + 2min;
  auto const next = next_step_now(policy, LadderPosition{0, 0, start}, now);
  REQUIRE(next);
  CHECK(next->position.step == 1);
  CHECK(next->due == now);
  auto const later = next_step(policy, next->position);
  REQUIRE(later);
  CHECK(later->position.step == 2);
  CHECK(later->due == now + 10min);
}

TEST_CASE("a refusal at the last step starts the next round now", "[domain]") {
  auto const policy = policy_of({0s, 5min}, 2);
  auto const now = start + 6min;
  auto const next = next_step_now(policy, LadderPosition{0, 1, start}, now);
  REQUIRE(next);
  CHECK(next->position.round == 1);
  CHECK(next->position.step == 0);
  CHECK(next->due == now);
  CHECK(next_step(policy, next->position)->due == now + 5min);
}

TEST_CASE("a refusal at the end of the last round has no next step", "[domain]") {
  CHECK_FALSE(next_step_now(policy_of({0s, 5min}, 2), LadderPosition{1, 1, start}, start + 1h));
}
