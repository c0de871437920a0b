// lookups: questions of the flow that change nothing, and the outbox of what is said over MQTT.
//
// Place:  lanes, replies, announcer -> LOOKUPS.
// Thread: store thread.
// Errors: not_found.
#pragma once

#include "gateway/journal/changes/transaction.hpp"

namespace siaga::journal {

Result<std::shared_ptr<StoredAlert const>> stored_alert(Transaction& tx, AlertId id);
Result<Delivery> stored_delivery(Transaction& tx, DeliveryId id);
Result<AlertId> latest_of(Transaction& tx, AlertId alert);
Result<OpenAlert> alert_by_code(Transaction& tx, std::string const& code);
std::vector<OpenAlert> open_alerts_of(Transaction& tx, OfficerId const& officer);

Result<AlertStatus> status_of(Transaction& tx, AlertId id);
// Every alert whose status the broker still retains: open, or ended and not yet cleared.
std::vector<AlertId> alerts_to_announce(Transaction& tx);
void status_cleared(Transaction& tx, AlertId id);

std::optional<UtcTime> outbox_since(Transaction& tx);
std::vector<OutboxItem> outbox(Transaction& tx, OutboxId after, std::size_t count_max);
void published(Transaction& tx, std::vector<OutboxId> const& items);
// At start: what may not be said where it stands, by the rules of today, goes. Its agency's own
// receipt topic has, or had, the same receipt.
std::size_t judge_outbox(Transaction& tx, UtcTime now);

}  // namespace siaga::journal
