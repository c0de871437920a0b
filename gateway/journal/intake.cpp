#include "gateway/journal/intake.hpp"

#include "gateway/ports/status_feed.hpp"

namespace siaga::journal {
namespace {

std::string digest_text(Hash const& digest) {
  return to_hex(bytes_of(digest));
}

}  // namespace

Result<InboxId> keep_message(Transaction& tx, RawMessage const& message) {
  run(tx.db,
      "INSERT INTO inbox (topic, payload, content_type, response_topic, correlation, retained,"
      " received_at, state, reason) VALUES (?, ?, ?, ?, ?, ?, ?, 'new', '')",
      message.topic, Blob{message.payload}, message.content_type, message.response_topic,
      Blob{message.correlation_data}, message.retained, message.received_at);
  InboxId const id(tx.db.last_id());
  tx.log.write(message.received_at,
               {"received",
                {},
                {},
                {},
                "inbox=" + std::to_string(id.value) + " topic=" + scrubbed(message.topic, "") +
                    " bytes=" + std::to_string(message.payload.size()) +
                    " sha256=" + digest_text(Sha256().of(message.payload))});
  return id;
}

std::vector<InboundMessage> undecided(Transaction& tx, InboxId after, std::size_t count_max) {
  std::vector<InboundMessage> messages;
  Query rows(tx.db,
             "SELECT id, topic, payload, content_type, response_topic, correlation, retained,"
             " received_at FROM inbox WHERE state = 'new' AND id > ? ORDER BY id LIMIT ?",
             after, count_max);
  while (rows.next()) {
    InboundMessage message;
    message.id = rows.get<InboxId>(0);
    message.raw.topic = rows.get<std::string>(1);
    message.raw.payload = std::string(rows.blob(2));
    message.raw.content_type = rows.get<std::string>(3);
    message.raw.response_topic = rows.get<std::string>(4);
    message.raw.correlation_data = std::string(rows.blob(5));
    message.raw.retained = rows.get<bool>(6);
    message.raw.received_at = rows.get<UtcTime>(7);
    messages.push_back(std::move(message));
  }
  return messages;
}

Result<void> note_message(Transaction& tx, InboxId from, AuthorisedCommand const& command,
                          Moment now) {
  auto const inbound = load_inbound(tx, from);
  if (!inbound) return inbound.error();
  Arrival const arrival{*inbound, command.agency(), alert_of(command.command()), now};
  if (answer_if_known(tx, arrival)) return {};
  auto const type = to_word(arrival.alert.msg_type);
  tx.log.write(now.utc, {"noted",
                         {},
                         {},
                         {},
                         "inbox=" + std::to_string(from.value) + " agency=" + arrival.agency.value +
                             " type=" + std::string(type)});
  settle(tx, arrival, "noted", receipt_for(arrival, Decision::accepted));
  return {};
}

Result<void> reject_message(Transaction& tx, InboxId from, AgencyId const& agency,
                            Rejection const& why, Moment now) {
  auto const inbound = load_inbound(tx, from);
  if (!inbound) return inbound.error();
  Alert named;
  named.identifier = why.identifier;
  named.sender = why.sender;
  Arrival const arrival{*inbound, agency, named, now};
  if (!answer_again(tx, arrival)) refuse(tx, arrival, why.reasons);
  return {};
}

}  // namespace siaga::journal
