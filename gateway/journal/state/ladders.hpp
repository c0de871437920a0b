// ladders: the escalations that are open.
//
// Place:  tables alerts, ladders -> LADDERS -> escalator.
// Thread: its Database's.
// Errors: storage_corrupt for a policy that cannot be read.
#pragma once

#include "gateway/journal/database/query.hpp"
#include "gateway/ports/journal_types.hpp"

namespace siaga::journal {

Result<std::vector<LadderState>> open_ladders(Database& database);

}  // namespace siaga::journal
