// keep: a message from outside is kept before its broker is told that it arrived.
//
// Place:  Inbox::keep -> KEEP -> table inbox.
// Thread: store thread.
#pragma once

#include "gateway/base/digest.hpp"
#include "gateway/journal/changes/transaction.hpp"

namespace siaga::journal {

// `digest`: of the payload as it came, which need not be kept whole.
void keep_message(Transaction& tx, InboundMessage const& message, Hash const& digest);

}  // namespace siaga::journal
