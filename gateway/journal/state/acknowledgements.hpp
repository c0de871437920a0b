// acknowledgements: the answers of officers, and the text of their log rows.
//
// Place:  table acknowledgements -> ACKNOWLEDGEMENTS -> changes, verification, history.
// Thread: its Database's; the texts are pure.
// Rules:  an officer counts once, by his last answer that counts.
#pragma once

#include <set>

#include "gateway/journal/database/query.hpp"

namespace siaga::journal {

// Officers by their last answer that counts.
struct AnswerCount {
  std::size_t accepted = 0;
  std::size_t declined = 0;
};
AnswerCount count_answers(Database& database, AlertId alert);

// By their last answer that counts.
std::set<OfficerId> officers_who_accepted(Database& database, AlertId alert);
// What the log row says of an answer, and of its note: SHA-256(salt || note).
std::string answer_detail(std::string_view answer, std::string_view via, std::string_view evidence,
                          bool counted);
std::string note_detail(std::string_view salt, std::string_view note);

}  // namespace siaga::journal
