// verify: rebuilds the log's tree from its rows and holds it against every checkpoint and the head,
//         and the kept answers against the log.
//
// Place:  `siaga log verify` -> History -> VERIFY.
// Thread: the caller's reads, a second one hashes the tree; returns when both are done.
// Finds:  a changed byte in any column, rows deleted, inserted or swapped, a changed checkpoint, a
// tail
//         cut off or added. A row whose leaf was made anew to match is found by the next
//         checkpoint; then the first bad row is the first that checkpoint covers and the one before
//         did not.
//         Answers as people are shown them, where they differ from their log rows.
// Errors: none; what cannot be read is not whole.
#pragma once

#include "gateway/journal/history.hpp"
#include "gateway/journal/sqlite.hpp"

namespace siaga::journal {

Verdict verify(Database& database);

}  // namespace siaga::journal
