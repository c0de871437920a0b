// other_path: a message that its channel has set aside is told to its officer another way, at once.
//
// Place:  record_attempt -> OTHER PATH -> mailing.
// Thread: store thread.
// Rule:   the first path by which he was told nothing of this alert, and is not going to be. The
//         new delivery belongs to the same step; the one set aside stays.
// Durable: with the attempt, a row `other-path`.
#pragma once

#include "gateway/journal/changes/mailing.hpp"

namespace siaga::journal {

// The lanes to wake; none = there was no other way, or it is taken already.
std::vector<ChannelName> tell_another_way(Transaction& tx, Attempt const& attempt);

}  // namespace siaga::journal
