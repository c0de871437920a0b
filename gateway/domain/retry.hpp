// retry: how long to wait before the next try, and when to give up. Pure.
//
// Place:  lane -> RETRY -> Attempt.
#pragma once

#include "gateway/domain/delivery.hpp"

namespace siaga {

struct RetryRule {
  milliseconds first{2000};
  milliseconds most{60000};
  int attempts_max = 8;
};

// Doubles from `first` to `most`; `spread` in [0,1) moves it within the upper half so that retries
// of many messages do not fall together.
milliseconds backoff(RetryRule const& rule, int attempts, double spread);

}  // namespace siaga
