#include "gateway/journal/changes/expand.hpp"

#include "gateway/journal/changes/recipient_codec.hpp"

namespace siaga::journal {

namespace {

Result<ChannelName> expand_chunk(Transaction& tx, std::int64_t id, Moment now) {
  Mailing mailing;
  ChannelName channel;
  std::string bytes;
  {
    Query chunk(tx.db,
                "SELECT alert, ladder, round, step, kind, channel, priority, due, expires, text,"
                " recipients FROM chunks WHERE id = ?",
                id);
    chunk.next();
    mailing.alert = chunk.get<AlertId>(0);
    mailing.ladder = chunk.get<int>(1);
    mailing.round = chunk.get<int>(2);
    mailing.step = chunk.get<int>(3);
    mailing.kind = chunk.get<MessageKind>(4);
    channel = chunk.get<ChannelName>(5);
    mailing.priority = chunk.get<Priority>(6);
    mailing.due = chunk.get<SteadyTime>(7);
    mailing.expires = chunk.get<UtcTime>(8);
    mailing.text = chunk.get<std::string>(9);
    bytes = chunk.blob(10);
  }
  auto const recipients = decode_recipients(bytes, channel);
  if (!recipients) return recipients.error();
  run(tx.db, "DELETE FROM chunks WHERE id = ?", id);
  write_out(tx, mailing, *recipients, now);
  return channel;
}

}  // namespace

Result<Expansion> expand(Transaction& tx, AlertId alert, Moment now) {
  Expansion expansion;
  std::int64_t next = 0;
  {
    Query chunk(tx.db, "SELECT id, size FROM chunks WHERE alert = ? ORDER BY priority, id LIMIT 1",
                alert);
    if (!chunk.next()) return expansion;
    next = chunk.integer(0);
    expansion.added = chunk.get<std::size_t>(1);
  }
  auto const channel = expand_chunk(tx, next, now);
  if (!channel) return channel.error();
  expansion.more =
      first<int>(tx.db, "SELECT 1 FROM chunks WHERE alert = ? LIMIT 1", alert).has_value();
  expansion.due.push_back(*channel);
  return expansion;
}

Result<bool> expand_channel(Transaction& tx, ChannelName const& channel, Priority priority,
                            Moment now) {
  auto const next = first<std::int64_t>(
      tx.db, "SELECT id FROM chunks WHERE channel = ? AND priority = ? ORDER BY id LIMIT 1",
      channel, priority);
  if (!next) return false;
  auto const expanded = expand_chunk(tx, *next, now);
  if (!expanded) return expanded.error();
  return true;
}

}  // namespace siaga::journal
