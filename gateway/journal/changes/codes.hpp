// codes: which number names which alert, and which numbers are free.
//
// Place:  intake gives, ending retires, alert_by_code asks.
// Thread: store thread.
// Rules:  4 digits, 5 when more than 300 of those are taken; drawn at random; not given again for
//         24 h after the alert has ended. If all are taken, the one longest retired is given early;
//         if none is retired, the alert goes out without a code.
#pragma once

#include "gateway/journal/changes/transaction.hpp"

namespace siaga::journal {

std::string give_code(Transaction& tx, AlertId alert, SteadyTime now);  // "" when none is left
// An Update goes on under the code its officers know. "" when the old alert has none any more.
std::string inherit_code(Transaction& tx, AlertId from, AlertId to);
void retire_code(Transaction& tx, AlertId alert, SteadyTime now);
void free_codes(Transaction& tx, SteadyTime now);
// After a start: a clock that was wrong before must not keep a number from use.
void limit_rests(Transaction& tx, SteadyTime now);

}  // namespace siaga::journal
