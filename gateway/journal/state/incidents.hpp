// incidents: the incidents of the gateway itself, open and past.
//
// Place:  table incidents -> INCIDENTS -> flow/incidents at start, history.
// Thread: its Database's.
#pragma once

#include <optional>
#include <vector>

#include "gateway/journal/database/query.hpp"
#include "gateway/ports/incident_journal.hpp"

namespace siaga::journal {

// As people ask for them: newest first; all, or those of which anything happened since.
std::vector<KeptIncident> list_incidents(Database& database, bool open_only,
                                         std::optional<UtcTime> since);
// Those that go on, and those of which anything happened since; oldest first.
std::vector<KeptIncident> incidents_since(Database& database, UtcTime since);

}  // namespace siaga::journal
