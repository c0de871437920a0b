// Settings: how patiently the flow works; section [delivery].
//
// Place:  config loader -> SETTINGS -> lanes, announcer, supervisor.
// Thread: read-only once loaded.
// Units:  durations; counts say what they count.
#pragma once

#include "gateway/base/fields.hpp"
#include "gateway/domain/retry.hpp"

namespace siaga::flow {

struct Settings {
  milliseconds retry_first{2000};
  milliseconds retry_most{300000};
  std::int64_t attempts_max = 300;  // a day: expiry ends it first
  std::int64_t doubtful_max = 8;
  milliseconds doubtful_wait{120000};
  milliseconds parts_receipt_wait{600000};  // 0 = for ever
  milliseconds send_limit{60000};
  std::int64_t claim_max = 128;
  milliseconds status_every{250};
  milliseconds checkpoint_every{60000};
  milliseconds sweep_every{1000};
  std::int64_t link_tries_max = 5;

  RetryRule retry() const {
    return {retry_first, retry_most, static_cast<int>(attempts_max),
            static_cast<int>(doubtful_max)};
  }
  static Fields const& fields();
};

}  // namespace siaga::flow
