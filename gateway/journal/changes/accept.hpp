// accept: a kept message becomes an alert with its plan.
//
// Place:  intake -> ACCEPT -> mailing, replace, decision, agency_receipt.
// Thread: store thread.
// Rules:  one transaction: alert, code, ladders with frozen policies, first deliveries, log rows
//         and receipt.
// Errors: cancelled when the message was not kept, already_exists when it was decided before.
#pragma once

#include "gateway/domain/authorise.hpp"
#include "gateway/domain/plan.hpp"
#include "gateway/journal/changes/transaction.hpp"

namespace siaga::journal {

Result<Accepted> accept_alert(Transaction& tx, InboxId from, AuthorisedCommand const& command,
                              Plan const& plan, InFlight const& sending, Moment now);

}  // namespace siaga::journal
