// reject: a message is refused, and its agency is told why.
//
// Place:  intake -> REJECT -> inbound, decision, agency_receipt.
// Thread: store thread.
// Errors: cancelled when the message was not kept, already_exists when it was decided before.
#pragma once

#include "gateway/journal/changes/transaction.hpp"

namespace siaga::journal {

Result<Accepted> reject_message(Transaction& tx, InboxId from, AgencyId const& agency,
                                Rejection const& why, Moment now);

}  // namespace siaga::journal
