// record_attempt: records a try to send, and what becomes known of it later.
//
// Place:  lane: Channel::send -> RECORD ATTEMPT -> tables deliveries, parts, log.
// Thread: store thread.
// Rules:  an attempt whose fence is no longer the delivery's is refused. A message that was sent is
//         recorded as sent even if the alert has ended meanwhile: the truth wins.
#pragma once

#include "gateway/journal/changes/alert_end.hpp"

namespace siaga::journal {

Result<Recorded> record_attempt(Transaction& tx, Attempt const& attempt);
// What had counted as unknown is known now: it need not be sent again, or may be at once. Once it
// is being sent again, that only stands in the log.
Result<Recorded> resolve_attempt(Transaction& tx, LateOutcome const& late);

// After one more failed: the ladder's current step, when nothing of it is left that may arrive.
// Then the next step is due.
std::optional<StepPlace> failed_step(Transaction& tx, DeliveryId failed);

}  // namespace siaga::journal
