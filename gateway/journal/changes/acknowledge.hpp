// acknowledge: takes an officer's answer, and counts it if it counts.
//
// Place:  replies, link desk -> Journal::acknowledge -> ACKNOWLEDGE.
// Thread: store thread.
// Rules:  an officer counts once, by his last answer before the end. When as many have accepted as
//         every escalation needs, the alert ends in the same transaction, and the others who were
//         told get one closing message. The log has a salted hash of a note, never the note.
#pragma once

#include <set>

#include "gateway/journal/changes/alert_end.hpp"

namespace siaga::journal {

// `from`: the inbox message it came in, which is finished with it.
Result<Stopped> acknowledge(Transaction& tx, Acknowledgement const& answer,
                            std::optional<InboxId> from, InFlight const& sending, Moment now);

}  // namespace siaga::journal
