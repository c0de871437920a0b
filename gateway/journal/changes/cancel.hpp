// cancel: a Cancel ends the alerts it refers to, and tells exactly those they reached.
//
// Place:  intake -> CANCEL -> references, alert_end, mailing, early_ends.
// Thread: store thread.
// Rules:  by the path they were reached on, and never before the message they are told about.
// Errors: cancelled when the message was not kept, already_exists when it was decided before.
#pragma once

#include "gateway/domain/authorise.hpp"
#include "gateway/journal/changes/transaction.hpp"

namespace siaga::journal {

Result<Accepted> cancel_alert(Transaction& tx, InboxId from, AuthorisedCommand const& command,
                              InFlight const& sending, Moment now);

}  // namespace siaga::journal
