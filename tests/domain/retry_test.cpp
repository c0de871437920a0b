#include "gateway/domain/retry.hpp"

#include <limits>

#include "tests/support/catch.hpp"

using namespace siaga;
using namespace std::chrono_literals;

TEST_CASE("the wait doubles from the first to the most", "[domain]") {
  RetryRule const rule{2s, 60s, 8};
  CHECK(backoff(rule, 1, 0) == 1s);
  CHECK(backoff(rule, 2, 0) == 2s);
  CHECK(backoff(rule, 3, 0) == 4s);
  CHECK(backoff(rule, 6, 0) == 30s);
  CHECK(backoff(rule, 7, 0) == 30s);
}

TEST_CASE("the spread stays within the upper half of the wait", "[domain]") {
  RetryRule const rule{2s, 60s, 8};
  CHECK(backoff(rule, 3, 0.5) == 6s);
  CHECK(backoff(rule, 3, 0.999) < 8s);
  CHECK(backoff(rule, 3, 7.0) == 8s);
  CHECK(backoff(rule, 3, -1.0) == 4s);
}

TEST_CASE("no number of attempts makes the wait overflow", "[domain]") {
  RetryRule const rule{2s, 60s, 8};
  CHECK(backoff(rule, std::numeric_limits<int>::max(), 0) == 30s);
  CHECK(backoff(rule, 0, 0) == 1s);
  RetryRule const long_waits{milliseconds::max() / 3, milliseconds::max(), 8};
  CHECK(backoff(long_waits, 9, 0) > 0ms);
  CHECK(backoff(RetryRule{5min, 1min, 8}, 1, 0) == 30s);
}

TEST_CASE("a refusal is tried again for hours, less than five minutes apart", "[domain]") {
  RetryRule const rule;
  SendOutcome const greylisted = FailedTemporarily("450 4.2.0 try again in 5 minutes");
  milliseconds lasted{0};
  for (int tries = 1; !is_last(rule, tries, greylisted); ++tries) {
    CHECK(backoff(rule, tries, 1) <= 5min);
    lasted += backoff(rule, tries, 0);
  }
  CHECK(lasted > 12h);
}

TEST_CASE("a message nobody confirms is not repeated for hours", "[domain]") {
  RetryRule const rule;
  SendOutcome const unconfirmed = OutcomeUnknown("no answer in time");
  CHECK_FALSE(is_last(rule, 7, unconfirmed));
  CHECK(is_last(rule, 8, unconfirmed));
}
