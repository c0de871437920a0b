// hold: a message waits for ops, and its agency is told why, once for the same reasons.
//
// Place:  intake -> HOLD -> inbound, decision, agency_receipt.
// Thread: store thread.
// Errors: cancelled when the message was not kept, already_exists when it was decided before.
#pragma once

#include "gateway/journal/changes/transaction.hpp"

namespace siaga::journal {

// Its agency is told that it waits and why, once for the same reasons; it is decided later.
Result<void> hold_message(Transaction& tx, InboxId from, AgencyId const& agency,
                          Rejection const& why, Moment now);

}  // namespace siaga::journal
