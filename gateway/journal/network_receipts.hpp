// network_receipts: what the network says later of a message it took, part by part.
//
// Place:  ReceiptSink -> Journal::record(Receipt) -> NETWORK RECEIPTS -> parts, deliveries.
// Thread: store thread.
// Rules:  delivered when every part is; failed when any part failed and the rest cannot mend it.
// The same
//         receipt twice changes nothing. A late "delivered" wins over failed or expired.
// Errors: not_found for a reference nobody gave.
#pragma once

#include "gateway/journal/sending.hpp"

namespace siaga::journal {

Result<Recorded> record_receipt(Transaction& tx, Receipt const& receipt);

}  // namespace siaga::journal
