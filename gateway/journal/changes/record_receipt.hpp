// record_receipt: records what the network says later about a message it took, part by part.
//
// Place:  ReceiptSink -> Journal::record(Receipt) -> RECORD RECEIPT -> parts, deliveries;
//         supervisor -> assume_delivered.
// Thread: store thread.
// Rules:  delivered when every part is; failed when any part failed and the rest cannot help. Some
//         networks send a receipt for one part only: then delivered once no receipt for the others
//         has come for a while, unless one of them fails after all. The same receipt twice changes
//         nothing. A late "delivered" wins over failed or expired.
// Time:   UTC, as for expiry.
// Errors: not_found for a reference that no message has.
#pragma once

#include "gateway/journal/changes/record_attempt.hpp"

namespace siaga::journal {

Result<Recorded> record_receipt(Transaction& tx, Receipt const& receipt);
// Messages of which a part has arrived, and nothing was said of the others for `waited`; whose
// alerts they are. Only so many at a time.
std::vector<AlertId> assume_delivered(Transaction& tx, milliseconds waited, UtcTime now);
// At start: what the network wanted to say while we were away is still to come.
void await_receipts_anew(Transaction& tx, UtcTime now);

}  // namespace siaga::journal
