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

#include "gateway/journal/changes/alert_end.hpp"

namespace siaga::journal {

// `from`: the inbox message it came in, which is finished with it.
Result<Stopped> acknowledge(Transaction& tx, Acknowledgement const& answer,
                            std::optional<InboxId> from, InFlight const& sending, Moment now);
void refuse_answer(Transaction& tx, RefusedAnswer const& refused, Moment now);

// By their last answer that counts.
std::set<OfficerId> officers_who_accepted(Transaction& tx, AlertId alert);
// What the log row says of an answer, and of its note: SHA-256(salt || note).
std::string answer_detail(std::string_view answer, std::string_view via, std::string_view evidence,
                          bool counted);
std::string note_detail(std::string_view salt, std::string_view note);

// Officers by their last answer that counts.
struct AnswerCount {
  std::size_t accepted = 0;
  std::size_t declined = 0;
};
AnswerCount count_answers(Database& database, AlertId alert);

}  // namespace siaga::journal
