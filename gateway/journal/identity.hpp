// identity: a message's (sender, identifier) is used once for ever.
//
// Place:  intake and succession, before anything is decided.
// Thread: store thread.
// Rules:  the same agency, `sent` and payload again = duplicate: the same answer again. Anything
// else
//         under a used name is refused as policy.identity-reused.
#pragma once

#include "gateway/journal/inbound.hpp"

namespace siaga::journal {

struct Arrival {  // what a decision is made about
  Inbound const& inbound;
  AgencyId const& agency;
  Alert const& alert;  // the message as decoded, of whatever type
  Moment now;
};

// The answer, when the name was used before; none when it is new.
std::optional<Accepted> answer_if_known(Transaction& tx, Arrival const& arrival);
void remember_identity(Transaction& tx, Arrival const& arrival, AlertId about);

ReceiptText receipt_for(Arrival const& arrival, Decision decision);
// Refuses for a reason only the journal can know: log row, quarantine, receipt.
Accepted refuse(Transaction& tx, Arrival const& arrival, Reason why);

}  // namespace siaga::journal
