// agency_receipt: sends an agency the receipt about its message.
//
// Place:  accept, reject, hold, note, cancel, start_step -> AGENCY RECEIPT -> publish.
// Thread: store thread.
// Rules:  it goes to siaga/receipt/<agency>, and to the publisher's response topic where that is
//         allowed (ports/response_topics.hpp).
// See:    contract, section 2.
#pragma once

#include "gateway/journal/changes/inbound.hpp"
#include "gateway/ports/agency_receipt.hpp"

namespace siaga::journal {

std::string json_of(Transaction& tx, AgencyReceipt const& receipt);
void send_receipt(Transaction& tx, Inbound const& to, AgencyId const& agency,
                  std::string const& json, UtcTime now);
// To the agency alone, about something that happened later.
void send_notice_to_agency(Transaction& tx, AgencyReceipt const& receipt, UtcTime now);

}  // namespace siaga::journal
