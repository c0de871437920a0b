// early_ends: remembers a Cancel or Update that arrived before its Alert, and ends the Alert when
// it arrives.
//
// Place:  cancel, accept -> EARLY ENDS -> table pending_ends.
// Thread: store thread.
#pragma once

#include "gateway/journal/changes/decision.hpp"

namespace siaga::journal {

// A Cancel or Update that came before what it refers to ends it when it comes.
struct PendingEnd {
  AlertId replaced_by;  // empty = cancelled
};

void remember_end(Transaction& tx, Reference const& reference, Arrival const& arrival,
                  AlertId replaced_by);
// The one that came before this message, from somebody who may change it. It is used up.
std::optional<PendingEnd> take_pending_end(Transaction& tx, Arrival const& arrival);
// Those whose Alert has not come for a month; a row of the log says how many.
void forget_old_ends(Transaction& tx, UtcTime now);

}  // namespace siaga::journal
