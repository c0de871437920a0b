// status: how far an alert has come, as it is published on siaga/status.
//
// Place:  tables alerts, tallies, ladders -> STATUS -> announcer.
// Thread: its Database's.
// Errors: not_found.
#pragma once

#include "gateway/journal/database/query.hpp"
#include "gateway/ports/journal_types.hpp"

namespace siaga::journal {

Result<AlertStatus> status_of(Database& database, AlertId id);
// Every alert whose status the broker still retains: open, or ended and not yet cleared.
std::vector<AlertId> alerts_to_announce(Database& database);

}  // namespace siaga::journal
