// claim: gives a lane the deliveries that are due on its channel, takes back those not begun, and
// reopens the claims of an earlier process.
//
// Place:  lane -> CLAIM -> table deliveries; Channel::send follows, then record_attempt.
// Thread: store thread.
// Rules:  most urgent first, then due, then oldest; one address hears an alert's messages in order.
// Durable: a claim is written before the wire is touched. Leases are stored for stores shared by
//         several gateways; with one gateway, reopen_claims at start ends a dead process's claims.
#pragma once

#include "gateway/journal/changes/transaction.hpp"

namespace siaga::journal {

Result<Claimed> claim_due(Transaction& tx, ChannelName const& channel, std::size_t count_max,
                          Moment now);
void release(Transaction& tx, std::vector<DeliveryId> const& unbegun, UtcTime now);
// What a process before us had claimed: sent or not, nobody knows.
std::size_t reopen_claims(Transaction& tx, Moment now);

}  // namespace siaga::journal
