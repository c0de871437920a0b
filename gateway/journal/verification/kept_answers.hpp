// kept_answers: compares the table of answers, which people are shown, with the log.
//
// Place:  verify -> KEPT ANSWERS -> table acknowledgements.
// Thread: the one that reads.
// Time:   read in parts: no transaction is long.
#pragma once

#include "gateway/journal/database/query.hpp"
#include "gateway/journal/verification/fault.hpp"

namespace siaga::journal {

// `last`: the row of the log up to which it was read; `logged`: how many answers it told of.
std::optional<Fault> compare_answers(Database& database, std::int64_t last, std::int64_t logged);

}  // namespace siaga::journal
