// expand: writes out a large mailing, one chunk at a time.
//
// Place:  lanes (claim), escalator -> EXPAND -> table chunks -> deliveries.
// Thread: store thread.
// Errors: storage_corrupt for a chunk that cannot be read.
#pragma once

#include "gateway/journal/changes/mailing.hpp"

namespace siaga::journal {

Result<Expansion> expand(Transaction& tx, AlertId alert, Moment now);
// Writes out the next chunk of this channel and priority; false when there is none.
Result<bool> expand_channel(Transaction& tx, ChannelName const& channel, Priority priority,
                            Moment now);

}  // namespace siaga::journal
