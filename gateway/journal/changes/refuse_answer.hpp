// refuse_answer: an answer that does not count is noted, and who gave it is told why.
//
// Place:  replies, link desk -> REFUSE ANSWER -> table refused_answers, mailing.
// Thread: store thread.
// Rules:  the same words are not said to the same address twice within the hour, and no more than
//         twenty strangers an hour and channel are answered: each answer costs a message.
#pragma once

#include "gateway/journal/changes/transaction.hpp"

namespace siaga::journal {

void refuse_answer(Transaction& tx, RefusedAnswer const& refused, Moment now);

}  // namespace siaga::journal
