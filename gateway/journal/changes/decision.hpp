// decision: the decision about a message; its (sender, identifier) is used once for ever.
//
// Place:  accept, cancel, hold, note, reject -> DECISION -> inbound, agency_receipt.
// Thread: store thread.
// Rules:  the same payload from the same agency again is a duplicate: it gets the same receipt
//         again, however late, and even if other things have changed meanwhile. Anything else under
//         a used name is refused as policy.identity-reused.
#pragma once

#include "gateway/journal/changes/agency_receipt.hpp"

namespace siaga::journal {

struct Arrival {  // what a decision is made about
  Inbound const& inbound;
  AgencyId const& agency;
  Alert const& alert;  // the message as decoded, of whatever type
  Moment now;
  std::vector<AgencyId> parents, children;  // of the agency: who may change whose alerts
  Proof proof;
};
// The command must outlive it.
Arrival arrival_of(Inbound const& inbound, AuthorisedCommand const& command, Moment now);

std::string inbox_detail(Arrival const& arrival);  // for the log

// The answer to a message that was answered before; none when it is new.
std::optional<Accepted> answer_again(Transaction& tx, Arrival const& arrival);
// The same, or a refusal when its name was used for something else.
std::optional<Accepted> answer_if_known(Transaction& tx, Arrival const& arrival);

AgencyReceipt receipt_for(Arrival const& arrival, Decision decision);
// Decided for good: its name is taken, the message closed as `state`, the receipt kept and sent.
void settle(Transaction& tx, Arrival const& arrival, std::string_view state,
            AgencyReceipt const& receipt);
// Log row, quarantine, receipt.
Accepted refuse(Transaction& tx, Arrival const& arrival, std::vector<Reason> why);
Accepted refuse_untold(Transaction& tx, Arrival const& arrival, std::vector<Reason> const& why);

}  // namespace siaga::journal
