#include "gateway/journal/inbound.hpp"

#include <boost/json.hpp>
#include <string>

#include "gateway/base/visible.hpp"
#include "gateway/journal/log_words.hpp"
#include "gateway/journal/quarantine.hpp"
#include "gateway/ports/response_topics.hpp"

namespace siaga::journal {
namespace {

namespace json = boost::json;

json::array json_of(std::vector<Reason> const& reasons) {
  json::array all;
  for (auto const& reason : reasons) {
    json::object one;
    one["path"] = reason.path;
    one["rule"] = reason.rule;
    one["text"] = reason.text;
    all.push_back(std::move(one));
  }
  return all;
}

std::string with_advice(std::string const& receipt) {
  auto whole = json::parse(receipt);
  auto advice = json_of(std::vector<Reason>(1, response_topic_advice()));
  auto& reasons = whole.as_object()["reasons"].as_array();
  reasons.insert(reasons.end(), std::move(advice.front()));
  return json::serialize(whole);
}

}  // namespace

Result<Inbound> load_inbound(Transaction& tx, InboxId id) {
  tx.arrivals.decided();
  Query row(tx.db,
            "SELECT state, response_topic, correlation, received_at, reason, digest,"
            " CASE WHEN digest IS NULL THEN payload END FROM inbox WHERE id = ?",
            id);
  auto const name = "inbox message " + std::to_string(id.value);
  if (!row.next()) return Error(Errc::cancelled, name + " was not kept; its broker has it still");
  bool const held = row.text(0) == "held";
  if (!held && row.text(0) != "new")
    return Error(Errc::already_exists, name + " was decided before");
  Inbound inbound;
  inbound.id = id;
  inbound.response_topic = row.get<std::string>(1);
  inbound.correlation_data = std::string(row.blob(2));
  inbound.received_at = row.get<UtcTime>(3);
  if (held) inbound.held_because = row.get<std::string>(4);
  inbound.digest = digest_in(row, 5, 6);
  return inbound;
}

void close_inbound(Transaction& tx, InboxId id, std::string_view state, std::string_view reason) {
  run(tx.db, "UPDATE inbox SET state = ?, reason = ? WHERE id = ?", state, reason, id);
  if (state == "rejected") put_in_quarantine(tx, id);
  if (state == "duplicate") drop_copy(tx, id);
}

void send(Transaction& tx, OutboxEntry const& entry, UtcTime now) {
  run(tx.db, "INSERT INTO outbox (topic, payload, correlation, at) VALUES (?, ?, ?, ?)",
      entry.topic, visible_lines(entry.payload), Blob{entry.correlation_data}, now);
}

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

std::string reasons_json(std::vector<Reason> const& reasons) {
  return json::serialize(json_of(reasons));
}

std::vector<Reason> reasons_in(std::string_view text) {
  std::vector<Reason> reasons;
  boost::system::error_code error;
  auto const parsed = json::parse(json::string_view(text.data(), text.size()), error);
  auto const* all = error ? nullptr : parsed.if_array();
  for (std::size_t i = 0; all != nullptr && i < all->size(); ++i) {
    auto const word = [&](char const* key) {
      auto const* object = (*all)[i].if_object();
      auto const* value = object == nullptr ? nullptr : object->if_contains(key);
      return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
    };
    reasons.push_back({word("path"), word("rule"), word("text")});
  }
  return reasons;
}

std::string rules_of(std::vector<Reason> const& reasons) {
  std::string rules;
  for (auto const& reason : reasons) {
    if (!rules.empty()) rules += ' ';
    rules += reason.rule;
    if (!reason.path.empty()) rules += '@' + logged_path(reason.path);
    if (!reason.place.empty()) rules += " (" + reason.place + ')';
  }
  return rules;
}

}  // namespace siaga::journal
