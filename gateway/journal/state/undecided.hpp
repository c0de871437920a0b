// undecided: the messages that wait for a decision: new ones and held ones.
//
// Place:  table inbox -> UNDECIDED -> intake, after a start and when it is behind.
// Thread: its Database's.
// Errors: not_found for one that is decided.
#pragma once

#include "gateway/journal/database/query.hpp"
#include "gateway/ports/inbox.hpp"

namespace siaga::journal {

std::vector<InboundMessage> undecided(Database& database, InboxId after, std::size_t count_max);
std::vector<InboundMessage> undecided_on(Database& database, std::string_view topics, InboxId first,
                                         std::size_t count_max);
Result<InboundMessage> undecided_one(Database& database, InboxId id);
// The last there is, decided or not; 0 = none.
InboxId newest_message(Database& database);

}  // namespace siaga::journal
