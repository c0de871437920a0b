#include "gateway/journal/changes/agency_receipt.hpp"

#include "gateway/journal/changes/publish.hpp"
#include "gateway/journal/state/reason_codec.hpp"
#include "gateway/ports/response_topics.hpp"
#include "gateway/ports/topics.hpp"

namespace siaga::journal {

namespace json = boost::json;

namespace {

std::string with_advice(std::string const& receipt) {
  auto whole = json::parse(receipt);
  auto advice = json_of(std::vector<Reason>(1, response_topic_advice()));
  auto& reasons = whole.as_object()["reasons"].as_array();
  reasons.insert(reasons.end(), std::move(advice.front()));
  return json::serialize(whole);
}

}  // namespace

std::string json_of(Transaction& tx, ReceiptText const& receipt) {
  auto const offset = tx.settings.zone_offset;
  json::object object;
  object["identifier"] = receipt.identifier;
  object["sender"] = receipt.sender;
  auto const decision = to_word(receipt.decision);
  object["decision"] = json::string_view(decision.data(), decision.size());
  object["alert"] = nullptr;
  object["code"] = nullptr;
  if (!receipt.alert.empty()) object["alert"] = receipt.alert.value;
  if (!receipt.code.empty()) object["code"] = receipt.code;
  object["recipients"] = receipt.recipients;
  object["reasons"] = json_of(receipt.reasons);
  object["received_at"] = to_rfc3339(receipt.received_at, offset);
  object["decided_at"] = to_rfc3339(receipt.decided_at, offset);
  return json::serialize(object);
}

void send_notice_to_agency(Transaction& tx, ReceiptText const& receipt) {
  if (!topics::has_receipts(receipt.agency)) return;
  auto const topic = topics::receipt(receipt.agency);
  auto const json = json_of(tx, receipt);
  send(tx, {topic, json, ""}, receipt.decided_at);
}

// About this sending of the message alone: the same bytes may come again and ask for another place.
void send_receipt(Transaction& tx, Inbound const& to, AgencyId const& agency,
                  std::string const& json, UtcTime now) {
  bool const has_topic = topics::has_receipts(agency);
  auto const topic = topics::receipt(agency);
  bool const same = to.response_topic == topic;
  auto const& allowed = tx.settings.response_topics;
  bool const advised = allowed.disregard(to.response_topic, agency);
  auto const own = advised ? with_advice(json) : json;
  if (has_topic) send(tx, {topic, own, same || advised ? to.correlation_data : ""}, now);
  if (!same && allowed.allow(to.response_topic, agency))
    send(tx, {to.response_topic, json, to.correlation_data}, now);
}

}  // namespace siaga::journal
