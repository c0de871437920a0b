#include "gateway/journal/state/undecided.hpp"

namespace siaga::journal {

namespace {

#define SIAGA_MESSAGE_COLUMNS                                                         \
  "id, topic, payload, content_type, response_topic, correlation, signature, key_id," \
  " retained, received_at, kept, coalesce(bytes, length(payload))"

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

std::vector<InboundMessage> undecided(Database& database, InboxId after, std::size_t count_max) {
  std::vector<InboundMessage> messages;
  Query rows(database,
             "SELECT " SIAGA_MESSAGE_COLUMNS
             " FROM inbox WHERE state IN ('new', 'held') AND id > ? ORDER BY id LIMIT ?",
             after, count_max);
  while (rows.next()) messages.push_back(message_in(rows));
  return messages;
}

std::vector<InboundMessage> undecided_on(Database& database, std::string_view topics, InboxId first,
                                         std::size_t count_max) {
  bool const any_below = topics.ends_with('*');
  if (any_below) topics.remove_suffix(1);
  std::vector<InboundMessage> messages;
  Query rows(database,
             any_below ? "SELECT " SIAGA_MESSAGE_COLUMNS
                         " FROM inbox WHERE state IN ('new', 'held') AND id >= ?1"
                         " AND substr(topic, 1, length(?2)) = ?2 ORDER BY id LIMIT ?3"
                       : "SELECT " SIAGA_MESSAGE_COLUMNS
                         " FROM inbox WHERE state IN ('new', 'held') AND id >= ?1"
                         " AND topic = ?2 ORDER BY id LIMIT ?3",
             first, topics, count_max);
  while (rows.next()) messages.push_back(message_in(rows));
  return messages;
}

Result<InboundMessage> undecided_one(Database& database, InboxId id) {
  auto const before = InboxId(id.value - 1);
  auto found = undecided(database, before, 1);
  if (found.empty() || found.front().id != id)
    return Error(Errc::not_found, "inbox message " + std::to_string(id.value) + " is decided");
  return std::move(found.front());
}

InboxId newest_message(Database& database) {
  return first<InboxId>(database, "SELECT coalesce(max(id), 0) FROM inbox").value_or(InboxId());
}

}  // namespace siaga::journal
