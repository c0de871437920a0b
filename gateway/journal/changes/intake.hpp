// intake: a kept message becomes an alert with its plan, or is noted or refused.
//
// Place:  Inbox::keep and Journal::accept/note/reject -> INTAKE -> planning, inbound.
// Thread: store thread.
// Rules:  accept is one transaction: alert, code, ladders with frozen policies, first deliveries,
// log
//         rows and receipt. See identity.hpp and succession.hpp for what came before.
#pragma once

#include "gateway/journal/changes/references.hpp"

namespace siaga::journal {

// `digest`: of the payload as it came, which need not be kept whole.
void keep_message(Transaction& tx, InboundMessage const& message, Hash const& digest);
std::vector<InboundMessage> undecided(Transaction& tx, InboxId after, std::size_t count_max);
std::vector<InboundMessage> undecided_on(Transaction& tx, std::string const& topics, InboxId first,
                                         std::size_t count_max);
Result<InboundMessage> undecided_one(Transaction& tx, InboxId id);
// Its agency is told that it waits and why, once for the same reasons; it is decided later.
Result<void> hold_message(Transaction& tx, InboxId from, AgencyId const& agency,
                          Rejection const& why, Moment now);

Result<Accepted> accept_alert(Transaction& tx, InboxId from, AuthorisedCommand const& command,
                              Plan const& plan, InFlight const& sending, Moment now);
Result<Accepted> note_message(Transaction& tx, InboxId from, AuthorisedCommand const& command,
                              Moment now);
Result<Accepted> reject_message(Transaction& tx, InboxId from, AgencyId const& agency,
                                Rejection const& why, Moment now);

}  // namespace siaga::journal
