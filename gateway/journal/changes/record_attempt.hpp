// sending: the outbox of deliveries: what is due is claimed, what was tried is recorded.
//
// Place:  lane -> claim_due -> Channel::send -> record_attempt.
// Thread: store thread.
// Rules:  most pressing first, then due, then oldest; one address hears an alert's messages in
// order.
//         record refuses a fence that is no longer the delivery's. What was sent is recorded as
//         sent even when the alert has ended meanwhile: the truth wins.
// Durable: a claim is written before the wire is touched. Leases are stored for stores shared by
// several
//         gateways; with one, reopen_claims at start is what ends a dead process's claims.
#pragma once

#include "gateway/journal/changes/alert_end.hpp"

namespace siaga::journal {

Result<Claimed> claim_due(Transaction& tx, ChannelName const& channel, std::size_t count_max,
                          Moment now);
void release(Transaction& tx, std::vector<DeliveryId> const& unbegun, UtcTime now);
Result<Recorded> record_attempt(Transaction& tx, Attempt const& attempt);
// What had counted as unknown is known now: it need not be sent again, or may be at once. Once it
// is being sent again, that only stands in the log.
Result<Recorded> resolve_attempt(Transaction& tx, LateOutcome const& late);
// What a process before us had claimed: sent or not, nobody knows.
std::size_t reopen_claims(Transaction& tx, Moment now);

#define SIAGA_DELIVERY_COLUMNS                                                             \
  "id, alert, officer, channel, address, language, kind, state, priority, step, attempts," \
  " possible_duplicate, expires, text, fence"
Delivery read_delivery(Query const& row);

// After one more failed: the ladder's current step, when nothing of it is left that may arrive.
// Then the next step is due.
std::optional<StepPlace> failed_step(Transaction& tx, DeliveryId failed);

}  // namespace siaga::journal
