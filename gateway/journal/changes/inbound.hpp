// inbound: one kept message on its way to a decision, and the receipt that tells of it.
//
// Place:  intake and succession: load -> judge identity -> decide -> close + receipt.
// Thread: store thread.
// Rules:  a message is decided once. The receipt goes to siaga/receipt/<agency>, and to the
// publisher's
//         response topic where that is allowed (ports/response_topics.hpp).
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
std::string reasons_json(std::vector<Reason> const& reasons);
std::vector<Reason> reasons_in(std::string_view text);  // the way back; none when it is no JSON
// "rule@path rule@path": for the log, which must carry neither values nor names a sender gave.
std::string rules_of(std::vector<Reason> const& reasons);

struct OutboxEntry {
  std::string const& topic;
  std::string const& payload;
  std::string_view correlation_data;
};
void send(Transaction& tx, OutboxEntry const& entry, UtcTime now);

}  // namespace siaga::journal
