#include "gateway/journal/changes/intake.hpp"

#include "gateway/journal/changes/incident.hpp"
#include "gateway/journal/log/words.hpp"

namespace siaga::journal {
namespace {

std::string digest_text(Hash const& digest) {
  return to_hex(bytes_of(digest));
}

// Only said when there is something to say.
std::string kept_text(Kept kept) {
  return kept == Kept::whole ? "" : " kept=" + std::string(to_word(kept));
}

InboundMessage message_in(Query& row) {
  InboundMessage message;
  message.id = row.get<InboxId>(0);
  message.raw.topic = row.get<std::string>(1);
  message.raw.payload = std::string(row.blob(2));
  message.raw.content_type = row.get<std::string>(3);
  message.raw.response_topic = row.get<std::string>(4);
  message.raw.correlation_data = std::string(row.blob(5));
  message.raw.signature = row.get<std::string>(6);
  message.raw.key_id = row.get<std::string>(7);
  message.raw.retained = row.get<bool>(8);
  message.raw.received_at = row.get<UtcTime>(9);
  message.kept = row.get<Kept>(10);
  message.bytes = row.get<std::size_t>(11);
  return message;
}

}  // namespace

void keep_message(Transaction& tx, InboundMessage const& message, Hash const& digest) {
  auto const& raw = message.raw;
  run(tx.db,
      "INSERT INTO inbox (id, topic, payload, content_type, response_topic, correlation, signature,"
      " key_id, retained, received_at, state, reason, digest, bytes, kept)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'new', '', ?, ?, ?)",
      message.id, raw.topic, Blob{raw.payload}, raw.content_type, raw.response_topic,
      Blob{raw.correlation_data}, raw.signature, raw.key_id, raw.retained, raw.received_at,
      Blob{bytes_of(digest)}, message.bytes, message.kept);
  tx.log.write(raw.received_at,
               {"received",
                {},
                {},
                {},
                "inbox=" + std::to_string(message.id.value) + " topic=" + logged_topic(raw.topic) +
                    " bytes=" + std::to_string(message.bytes) + " sha256=" + digest_text(digest) +
                    kept_text(message.kept) +
                    (tx.settings.decoder.empty() ? "" : " decoder=" + tx.settings.decoder)});
}

std::vector<InboundMessage> undecided(Transaction& tx, InboxId after, std::size_t count_max) {
  std::vector<InboundMessage> messages;
  Query rows(tx.db,
             "SELECT id, topic, payload, content_type, response_topic, correlation, signature,"
             " key_id, retained, received_at, kept, ifnull(bytes, length(payload)) FROM inbox"
             " WHERE state IN ('new', 'held') AND id > ? ORDER BY id LIMIT ?",
             after, count_max);
  while (rows.next()) messages.push_back(message_in(rows));
  return messages;
}

std::vector<InboundMessage> undecided_on(Transaction& tx, std::string const& topics, InboxId first,
                                         std::size_t count_max) {
  std::vector<InboundMessage> messages;
  Query rows(tx.db,
             "SELECT id, topic, payload, content_type, response_topic, correlation, signature,"
             " key_id, retained, received_at, kept, ifnull(bytes, length(payload)) FROM inbox"
             " WHERE state IN ('new', 'held') AND id >= ? AND topic GLOB ? ORDER BY id LIMIT ?",
             first, topics, count_max);
  while (rows.next()) messages.push_back(message_in(rows));
  return messages;
}

Result<InboundMessage> undecided_one(Transaction& tx, InboxId id) {
  auto const before = InboxId(id.value - 1);
  auto found = undecided(tx, before, 1);
  if (found.empty() || found.front().id != id)
    return Error(Errc::not_found, "inbox message " + std::to_string(id.value) + " is decided");
  return std::move(found.front());
}

Result<void> hold_message(Transaction& tx, InboxId from, AgencyId const& agency,
                          Rejection const& why, Moment now) {
  auto const inbound = load_inbound(tx, from);
  if (!inbound) return inbound.error();
  auto const reasons = reasons_json(why.reasons);
  if (inbound->held_because == reasons) return {};  // said before
  Alert named;
  named.identifier = why.identifier;
  named.sender = why.sender;
  Arrival const arrival{*inbound, agency, named, now, {}, {}, {}};
  if (answer_again(tx, arrival)) return {};
  auto receipt = receipt_for(arrival, Decision::held);
  receipt.reasons = why.reasons;
  tx.log.write(now.utc, {"held",
                         {},
                         {},
                         {},
                         "inbox=" + std::to_string(from.value) + " agency=" +
                             logged_topic(agency.value) + " rules=" + rules_of(why.reasons)});
  close_inbound(tx, from, "held", reasons);
  send_receipt(tx, arrival.inbound, agency, json_of(tx, receipt), arrival.now.utc);
  return {};
}

Result<Accepted> note_message(Transaction& tx, InboxId from, AuthorisedCommand const& command,
                              Moment now) {
  auto const inbound = load_inbound(tx, from);
  if (!inbound) return inbound.error();
  auto const arrival = arrival_of(*inbound, command, now);
  if (auto known = answer_if_known(tx, arrival)) return std::move(*known);
  auto const type = to_word(arrival.alert.msg_type);
  tx.log.write(now.utc, {"noted",
                         {},
                         {},
                         {},
                         "inbox=" + std::to_string(from.value) + " agency=" + arrival.agency.value +
                             " type=" + std::string(type)});
  settle(tx, arrival, "noted", receipt_for(arrival, Decision::accepted));
  return Accepted();
}

Result<Accepted> reject_message(Transaction& tx, InboxId from, AgencyId const& agency,
                                Rejection const& why, Moment now) {
  auto const inbound = load_inbound(tx, from);
  if (!inbound) return inbound.error();
  Alert named;
  named.identifier = why.identifier;
  named.sender = why.sender;
  Arrival const arrival{*inbound, agency, named, now, {}, {}, {}};
  if (auto again = answer_again(tx, arrival)) return std::move(*again);
  auto answer =
      why.told ? refuse(tx, arrival, why.reasons) : refuse_untold(tx, arrival, why.reasons);
  answer.incident = why.incident;
  if (auto const kind = from_word<IncidentKind>(why.incident))
    raise_incident(tx, arrival, *kind, why.reasons);
  return answer;
}

}  // namespace siaga::journal
