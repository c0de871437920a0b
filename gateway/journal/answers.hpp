// answers: what officers say, counted or refused.
//
// Place:  replies, link desk -> Journal::acknowledge, refuse_answer -> ANSWERS.
// Thread: store thread.
// Rules:  an officer counts once, by his last answer before the end. When as many have accepted as
// every ladder needs,
//         the alert ends in the same transaction and the others who were told get one closing
//         message. The log has a salted hash of a note, never the note.
#pragma once

#include <set>

#include "gateway/journal/ending.hpp"

namespace siaga::journal {

Result<Stopped> acknowledge(Transaction& tx, Acknowledgement const& answer, InFlight const& sending,
                            Moment now);
void refuse_answer(Transaction& tx, RefusedAnswer const& refused, Moment now);

// By their last answer that counts.
std::set<OfficerId> officers_who_accepted(Transaction& tx, AlertId alert);
// Officers by their last answer that counts.
struct AnswerCount {
  std::size_t accepted = 0;
  std::size_t declined = 0;
};
AnswerCount count_answers(Database& database, AlertId alert);

}  // namespace siaga::journal
