// quarantine: keeps the payloads of refused messages as evidence while there is room. Beyond that
// the oldest is dropped: first one of an agency that has more than an eighth, then any agency's.
// Its hash, its reasons and a row `payload-dropped` stay.
//
// Place:  inbound::close_inbound -> QUARANTINE; the store thread sweeps when it is behind.
// Thread: store thread.
// Rules:  a payload that is new, held, accepted or noted is never dropped. One that came again is
//         dropped at once: the accepted message has the same bytes.
// Bound:  a step drops few, so that no transaction is long; pages it frees are used again.
// See:    decisions/0030-what-is-kept.md, tests/journal/changes/quarantine_test.cpp
#pragma once

#include "gateway/journal/changes/inbound.hpp"

namespace siaga::journal {

// The digest of a payload: kept in one column, or of the payload in the other.
Hash digest_in(Query const& row, int digest, int payload);

void put_in_quarantine(Transaction& tx, InboxId id);
void drop_copy(Transaction& tx, InboxId id);

bool wants_sweep(Transaction& tx);
// One step of making room; whether there is still too much. Transaction::sweep_wanted asks for the
// first step.
bool sweep_quarantine(Transaction& tx);

}  // namespace siaga::journal
