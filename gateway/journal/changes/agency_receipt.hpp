// agency_receipt: the receipt that an agency gets about its message.
//
// Place:  accept, reject, hold, note, cancel, start_step -> AGENCY RECEIPT -> publish.
// Thread: store thread.
// Rules:  it goes to siaga/receipt/<agency>, and to the publisher's response topic where that is
//         allowed (ports/response_topics.hpp).
// See:    contract, section 2.
#pragma once

#include "gateway/journal/changes/inbound.hpp"

namespace siaga::journal {

struct ReceiptText {
  AgencyId agency;
  std::string identifier;
  std::string sender;
  Decision decision = Decision::accepted;
  AlertId alert;  // empty = null in the receipt
  std::string code;
  std::size_t recipients = 0;
  std::vector<Reason> reasons;
  UtcTime received_at{};
  UtcTime decided_at{};
};

std::string json_of(Transaction& tx, ReceiptText const& receipt);
void send_receipt(Transaction& tx, Inbound const& to, AgencyId const& agency,
                  std::string const& json, UtcTime now);
// To the agency alone, about something that happened later.
void send_notice_to_agency(Transaction& tx, ReceiptText const& receipt);

}  // namespace siaga::journal
