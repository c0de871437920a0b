// incident: keeps incidents of the gateway itself: a row, the log, and a message on
// siaga/incident/<gateway> when one begins and when it ends; and the messages to ops about them.
//
// Place:  reject, decision (within their transaction) and flow/incidents -> INCIDENT -> tables
//         incidents, log, outbox and deliveries.
// Thread: store thread.
// Rules:  the same kind about the same thing is one row until it ends. Raised again, it is counted
//         in that row and nowhere else, so that a storm of incidents fills nothing. The last
//         thousand that ended are kept.
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
