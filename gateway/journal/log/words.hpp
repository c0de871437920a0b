// words: names the things a sender named, without his words. The log can never be changed, so a
// name or number that somebody put into a key, a topic or a key id must not get there. The words
// stay with the message, in the table inbox, where they can be erased.
//
// Place:  keep, hold, reject, accept -> WORDS -> ledger; verification writes the same of the
//         tables.
// Thread: any; pure.
// Rules:  only words of ours and of CAP pass; every other is '?'.
#pragma once

#include <string>
#include <string_view>

namespace siaga::journal {

// "/info/0/Budi 0812 (3:14)" -> "/info/0/? (3:14)"
std::string logged_path(std::string_view path);
// "siaga/alert/polres" as it is, with a level that is no id as '?'.
std::string logged_topic(std::string_view topic);
// Of text_of(Proof): who signed, when that is proven.
std::string logged_proof(std::string_view proof);

}  // namespace siaga::journal
