// inbound: one kept message on its way to a decision.
//
// Place:  accept, cancel, hold, note, reject: load -> decision -> close.
// Thread: store thread.
// Rules:  a message is decided once. The receipt goes to siaga/receipt/<agency>, and to the
//         publisher's response topic where that is allowed (ports/response_topics.hpp).
// See:    contract, section 2.
#pragma once

#include "gateway/journal/changes/transaction.hpp"

namespace siaga::journal {

struct Inbound {
  InboxId id;
  std::string response_topic;
  std::string correlation_data;
  UtcTime received_at{};
  Hash digest{};             // of the payload
  std::string held_because;  // reasons as JSON; empty = it was never held
};
// Errors: cancelled when its keeping was rolled back, already_exists when it was decided before.
Result<Inbound> load_inbound(Transaction& tx, InboxId id);
// Of a refused one the payload is kept while there is room; of a copy it is not.
void close_inbound(Transaction& tx, InboxId id, std::string_view state, std::string_view reason);

}  // namespace siaga::journal
