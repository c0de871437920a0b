// verify: rebuilds the log's tree from its rows and holds it against every checkpoint, the head and
//         checkpoints kept elsewhere; then the tables people are shown against the log.
//
// Place:  `siaga log verify` -> History -> VERIFY -> evidence, states, kept_answers.
// Thread: the caller's reads, a second one hashes and folds; returns when both are done.
// Finds:  a changed byte in any column, rows deleted, inserted or swapped, a changed checkpoint, a
//         tail cut off or added. A row whose leaf was made anew to match is found by the next
//         checkpoint; then the first bad row is the first that checkpoint covers and the one before
//         did not. Messages, alerts, deliveries and answers that are not as their rows say.
// Time:   the rows there are when it begins, read in parts: no transaction is long.
// Bound:  8 bytes for a delivery, 16 for an alert, two bits for a message.
// Errors: none; what cannot be read is not whole.
#pragma once

#include "gateway/journal/database/database.hpp"
#include "gateway/journal/verification/verdict.hpp"

namespace siaga::journal {

Verdict verify(Database& database, VerifyAids const& aids = {});

}  // namespace siaga::journal
