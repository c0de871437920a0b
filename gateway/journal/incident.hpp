// incident: something ops must hear of at once: a forged signature, a name used twice.
//
// Place:  intake, identity -> INCIDENT -> the log, and siaga/incident/<gateway> by the outbox.
// Thread: store thread.
// Privacy: rules and names of agencies; no text of an alert.
#pragma once

#include "gateway/journal/identity.hpp"

namespace siaga::journal {

void raise_incident(Transaction& tx, Arrival const& arrival, std::string const& kind,
                    std::vector<Reason> const& reasons);

}  // namespace siaga::journal
