// retry: how long to wait before the next try, and when to give up. Pure.
//
// Place:  lane -> RETRY -> Attempt.
#pragma once

#include "gateway/domain/delivery.hpp"

namespace siaga {

struct RetryRule {
  milliseconds first{2000};
  milliseconds most{300000};
  int attempts_max = 300;
  int doubtful_max = 8;  // while it is not known whether any of them arrived
};

// Whether this was the last try. Greylisting servers refuse a message for minutes and take it
// later, so a refused message is tried until it expires. One that may have arrived is not.
bool is_last(RetryRule const& rule, int attempts, SendOutcome const& outcome);

// Doubles from `first` to `most`; `spread` in [0,1) moves it within the upper half so that retries
// of many messages do not fall together.
milliseconds backoff(RetryRule const& rule, int attempts, double spread);

}  // namespace siaga
