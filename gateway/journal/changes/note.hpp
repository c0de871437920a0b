// note: notes a message that is neither an alert nor a cancellation, and answers it.
//
// Place:  intake -> NOTE -> inbound, decision, agency_receipt.
// Thread: store thread.
// Errors: cancelled when the message was not kept, already_exists when it was decided before.
#pragma once

#include "gateway/domain/authorise.hpp"
#include "gateway/journal/changes/transaction.hpp"

namespace siaga::journal {

Result<Accepted> note_message(Transaction& tx, InboxId from, AuthorisedCommand const& command,
                              Moment now);

}  // namespace siaga::journal
