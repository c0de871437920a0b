// refuse_answer: notes an answer that does not count, and tells its sender why.
//
// Place:  replies, link desk -> REFUSE ANSWER -> table refused_answers, mailing.
// Thread: store thread.
// Rules:  the same words are not sent to the same address twice within the hour, and at most twenty
//         strangers an hour and channel are answered: each answer costs a message.
#pragma once

#include "gateway/journal/changes/transaction.hpp"

namespace siaga::journal {

void refuse_answer(Transaction& tx, RefusedAnswer const& refused, Moment now);

}  // namespace siaga::journal
