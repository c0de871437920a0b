// other_path: tells an officer at once by another path, when the channel has set his message aside.
//
// Place:  record_attempt -> OTHER PATH -> mailing.
// Thread: store thread.
// Rule:   the first path by which this alert neither told him nor will tell him. The new delivery
//         belongs to the same step; the one set aside stays.
// Durable: with the attempt, a row `other-path`.
#pragma once

#include "gateway/journal/changes/mailing.hpp"

namespace siaga::journal {

// The lanes to wake; none = there was no other way, or it is taken already.
std::vector<ChannelName> tell_another_way(Transaction& tx, Attempt const& attempt);

}  // namespace siaga::journal
