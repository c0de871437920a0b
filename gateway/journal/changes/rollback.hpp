// rollback: finds out whether the store is older than the checkpoint a broker retains of it, and
// records what ops decide.
//
// Place:  journal -> ROLLBACK -> tables checkpoints, keys, log. `siaga log accept-rollback`.
// Thread: store thread; accept_noted() in a process of its own, beside the gateway or without it.
// Rules:  a checkpoint with the store's own code was published by this store. If its root is not in
//         the table of checkpoints, the table is an older copy, or has another history. A rollback
//         is one row `rolled-back`, and stands until it is accepted: `rollback-accepted`.
// Durable: the newer checkpoint as "SIZE:ROOT" under `rollback`, the accepted one under
//         `rollback-accepted`, in the table keys.
// See:    decisions/0027-what-verify-sees.md
#pragma once

#include "gateway/journal/changes/transaction.hpp"
#include "gateway/ports/checkpoints.hpp"

namespace siaga::journal {

// The code a published checkpoint carries: hex.
std::string checkpoint_mac(Transaction& tx, std::int64_t size, std::string_view root);

Result<LogStanding> compare_checkpoint(Transaction& tx, PublishedCheckpoint const& noted,
                                       UtcTime now);
Result<LogStanding> log_standing(Transaction& tx, UtcTime now);

// Which newer checkpoint is accepted from now on: in a transaction of the caller's. The gateway
// takes note at its next look or start. Error: not_found when no rollback stands.
Result<std::string> accept_noted(Database& database);

}  // namespace siaga::journal
