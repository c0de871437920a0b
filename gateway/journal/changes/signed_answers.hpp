// signed_answers: a signed answer counts once, however often its bytes come.
//
// Place:  answer_intake -> Journal::answered_before -> SIGNED ANSWERS.
// Thread: store thread.
// Errors: those of load_inbound(); SqlFailure.
// Rules:  topic and signature name the answer: a valid signature covers the payload, and can be
//         written in one way only. It is remembered for longer than any signature is valid. If an
//         earlier copy is not decided yet, its decision is for both.
#pragma once

#include "gateway/journal/changes/transaction.hpp"

namespace siaga::journal {

Result<AnsweredBefore> answered_before(Transaction& tx, InboxId from, UtcTime now);

}  // namespace siaga::journal
