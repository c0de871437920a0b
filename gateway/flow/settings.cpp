#include "gateway/flow/settings.hpp"

namespace siaga::flow {

Fields const& Settings::fields() {
  static auto const table =
      FieldsOf<Settings>()
          .duration("retry_first", &Settings::retry_first,
                    "wait before the second try of a message")
          .range(100, 600'000)
          .duration("retry_most", &Settings::retry_most,
                    "longest wait between tries; each doubles the one before")
          .range(100, 3'600'000)
          .number("attempts_max", &Settings::attempts_max,
                  "tries of one message before it counts as failed; its expiry ends them sooner")
          .unit("tries")
          .range(1, 1000)
          .number("doubtful_max", &Settings::doubtful_max,
                  "tries after which a message that is never confirmed is given up: each may have "
                  "arrived")
          .unit("tries")
          .range(1, 100)
          .duration(
              "doubtful_wait", &Settings::doubtful_wait,
              "how long a message that is neither for life nor urgent waits for a late answer "
              "before it is sent again, when nobody knows whether it arrived; only where a "
              "network may answer late (sms)")
          .range(0, 3'600'000)
          .duration("parts_receipt_wait", &Settings::parts_receipt_wait,
                    "when only some parts of a long message get a receipt: how long it counts as "
                    "sent before it counts as delivered; 0s = until every part has one")
          .range(0, 86'400'000)
          .duration("send_limit", &Settings::send_limit,
                    "longest one try may take; a message that a modem is sending ends by its "
                    "send_timeout")
          .range(1000, 600'000)
          .number("claim_max", &Settings::claim_max,
                  "messages one channel takes from the store at a time")
          .unit("messages")
          .range(1, 5000)
          .duration("status_every", &Settings::status_every,
                    "an alert's status is published at most this often")
          .range(50, 60'000)
          .duration("checkpoint_every", &Settings::checkpoint_every,
                    "the log's root is checkpointed this often while there is activity")
          .range(1000, 60'000)
          .duration("sweep_every", &Settings::sweep_every,
                    "how often expiry and channel states are looked at")
          .range(100, 10'000)
          .number("link_tries_max", &Settings::link_tries_max,
                  "wrong codes on one emailed link before it is locked")
          .unit("tries")
          .range(1, 100);
  return table;
}

}  // namespace siaga::flow
