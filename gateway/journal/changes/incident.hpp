// incident: what is wrong with the gateway itself: kept, logged, and said on
// siaga/incident/<gateway> when it begins and when it ends; what ops are sent about it.
//
// Place:  reject, decision (within their transaction) and flow/incidents -> INCIDENT -> tables
//         incidents, log, outbox and deliveries.
// Thread: store thread.
// Rules:  the same kind about the same one is one row until it ends; raised again, it is counted
//         there and nowhere else, so that a storm of them fills nothing. Of those that ended the
//         last thousand are kept.
// Privacy: rules and names of agencies; no text of an alert.
#pragma once

#include "gateway/journal/changes/decision.hpp"
#include "gateway/ports/incident_journal.hpp"

namespace siaga::journal {

// About a message of an agency.
void raise_incident(Transaction& tx, Arrival const& arrival, IncidentKind kind,
                    std::vector<Reason> const& reasons);

std::vector<ChannelName> keep_incidents(Transaction& tx, IncidentPage const& page, Moment now);

}  // namespace siaga::journal
