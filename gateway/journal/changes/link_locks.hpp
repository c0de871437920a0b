// link_locks: answer links that take no code for a while. The log has a row when a lock begins, and
// one with the number of wrong codes when it ends.
//
// Place:  flow/link_locks -> Journal::lock_link, unlock_link, locked_links -> LINK LOCKS.
// Thread: store thread.
// Errors: SqlFailure.
#pragma once

#include "gateway/journal/changes/transaction.hpp"

namespace siaga::journal {

void lock_link(Transaction& tx, LinkLock const& lock, UtcTime now);
void unlock_link(Transaction& tx, LinkLock const& lock, UtcTime now);
std::vector<LinkLock> locked_links(Transaction& tx);

}  // namespace siaga::journal
