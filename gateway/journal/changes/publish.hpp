// publish: keeps messages for MQTT until the broker has them.
//
// Place:  agency_receipt, incident -> PUBLISH -> table outbox -> announcer.
// Thread: store thread.
// Durable: a message enters the outbox with the change it tells of, and leaves it once it is
//         published.
#pragma once

#include "gateway/journal/changes/transaction.hpp"

namespace siaga::journal {

struct OutboxEntry {
  std::string const& topic;
  std::string const& payload;
  std::string_view correlation_data;
};
void send(Transaction& tx, OutboxEntry const& entry, UtcTime now);

void status_cleared(Transaction& tx, AlertId id);
std::optional<UtcTime> outbox_since(Transaction& tx);
std::vector<OutboxItem> outbox(Transaction& tx, OutboxId after, std::size_t count_max);
void published(Transaction& tx, std::vector<OutboxId> const& items);
// At start: what may not be said where it stands, by the rules of today, goes. Its agency's own
// receipt topic has, or had, the same receipt.
std::size_t judge_outbox(Transaction& tx, UtcTime now);

}  // namespace siaga::journal
