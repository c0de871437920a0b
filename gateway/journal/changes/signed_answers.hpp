// signed_answers: a signed answer counts once, however often its bytes come.
//
// Place:  answer_intake -> Journal::answered_before -> SIGNED ANSWERS.
// Thread: store thread.
// Errors: those of load_inbound(); SqlFailure.
// Rules:  topic and signature name it: a signature that holds covers the payload, and can be
//         written in one way only. It is remembered for longer than any signature is valid. One
//         from before that is not decided yet speaks for both.
#pragma once

#include "gateway/journal/changes/transaction.hpp"

namespace siaga::journal {

Result<AnsweredBefore> answered_before(Transaction& tx, InboxId from, UtcTime now);

}  // namespace siaga::journal
