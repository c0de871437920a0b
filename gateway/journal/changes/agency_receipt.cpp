#include "gateway/journal/changes/agency_receipt.hpp"

#include "gateway/journal/changes/publish.hpp"
#include "gateway/ports/response_topics.hpp"
#include "gateway/ports/topics.hpp"

namespace siaga::journal {

std::string json_of(Transaction& tx, AgencyReceipt const& receipt) {
  return to_json(receipt, tx.settings.zone_offset);
}

void send_notice_to_agency(Transaction& tx, AgencyReceipt const& receipt, UtcTime now) {
  if (!topics::has_receipts(receipt.agency)) return;
  auto const topic = topics::receipt(receipt.agency);
  auto const json = json_of(tx, receipt);
  send(tx, {topic, json, ""}, now);
}

// About this sending of the message alone: the same bytes may come again and ask for another place.
void send_receipt(Transaction& tx, Inbound const& to, AgencyId const& agency,
                  std::string const& json, UtcTime now) {
  bool const has_topic = topics::has_receipts(agency);
  auto const topic = topics::receipt(agency);
  bool const same = to.response_topic == topic;
  auto const& allowed = tx.settings.response_topics;
  bool const advised = allowed.disregard(to.response_topic, agency);
  auto const own = advised ? with_reason(json, response_topic_advice()) : json;
  if (has_topic) send(tx, {topic, own, same || advised ? to.correlation_data : ""}, now);
  if (!same && allowed.allow(to.response_topic, agency))
    send(tx, {to.response_topic, json, to.correlation_data}, now);
}

}  // namespace siaga::journal
