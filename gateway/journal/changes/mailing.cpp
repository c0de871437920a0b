#include "gateway/journal/changes/mailing.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "gateway/journal/changes/recipient_codec.hpp"

namespace siaga::journal {
namespace {

bool only_to_those_told(Mailing const& mailing) {
  return mailing.kind == MessageKind::cancel || mailing.kind == MessageKind::closing ||
         (mailing.kind == MessageKind::update && mailing.ladder < 0);
}

void insert(Transaction& tx, Mailing const& mailing, Recipient const& recipient, MessageKind kind,
            std::optional<DeliveryId> after, Moment now) {
  run(tx.db,
      "INSERT INTO deliveries (alert, ladder, round, step, officer, channel, address, "
      "language,"
      " kind, state, priority, due, expires, attempts, fence, lease_until, possible_duplicate,"
      " after_delivery, updated, reason, text)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'planned', ?, ?, ?, 0, 0, 0, 0, ?, ?, '', ?)",
      mailing.alert, mailing.ladder, mailing.round, mailing.step, recipient.officer,
      recipient.channel, recipient.address, recipient.language, kind, mailing.priority, mailing.due,
      mailing.expires, after, now.utc, mailing.text);
}

// Nobody of this family can have been told anything before, so no address needs looking up.
bool is_first(Transaction& tx, Family const& family, Mailing const& mailing) {
  if (family.size() > 1 || only_to_those_told(mailing)) return false;
  return !first<int>(tx.db,
                     "SELECT 1 FROM tallies WHERE alert = ? AND (ladder <> ? OR round <> ?"
                     " OR step <> ?) LIMIT 1",
                     mailing.alert, mailing.ladder, mailing.round, mailing.step);
}

void write_out(Transaction& tx, Mailing const& mailing, std::span<Recipient const> recipients,
               Moment now) {
  auto const family = family_of(tx, mailing.alert);
  bool const nothing_before = is_first(tx, family, mailing);
  for (auto const& recipient : recipients) {
    Standing standing;
    if (!nothing_before)
      standing = standing_of(tx, family, mailing.alert, recipient.channel, recipient.address);
    if (only_to_those_told(mailing) && !standing.told) continue;
    bool const changed = mailing.kind == MessageKind::alert && standing.told_before;
    auto const kind = changed ? MessageKind::update : mailing.kind;
    insert(tx, mailing, recipient, kind, standing.unfinished, now);
  }
}

void put_off(Transaction& tx, Mailing const& mailing, ChannelName const& channel,
             std::span<Recipient const> recipients) {
  auto const most = std::max<std::size_t>(tx.settings.chunk_deliveries_max, 1);
  for (std::size_t from = 0; from < recipients.size(); from += most) {
    auto const some = recipients.subspan(from, std::min(most, recipients.size() - from));
    auto const bytes = encode(some);
    run(tx.db,
        "INSERT INTO chunks (alert, ladder, round, step, kind, channel, priority, due, expires,"
        " text, size, recipients) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        mailing.alert, mailing.ladder, mailing.round, mailing.step, mailing.kind, channel,
        mailing.priority, mailing.due, mailing.expires, mailing.text, some.size(), Blob{bytes});
  }
}

using Address = std::pair<std::string, std::string>;  // channel, address

// Whom an Update left out because of its scope: he was told that the old alert is over.
std::map<Address, DeliveryId> excluded_from(Transaction& tx, Family const& family) {
  std::map<Address, DeliveryId> excluded;
  for (auto const member : family) {
    Query rows(tx.db,
               "SELECT d.channel, d.address, max(d.id) FROM deliveries d JOIN alerts a"
               " ON a.id = d.alert AND a.state = 'closed' WHERE d.alert = ? AND d.kind = 'cancel'"
               " GROUP BY 1, 2",
               member);
    while (rows.next())
      excluded[{rows.get<std::string>(0), rows.get<std::string>(1)}] = rows.get<DeliveryId>(2);
  }
  return excluded;
}

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

void Planned::add(Planned other) {
  more = more || other.more;
  for (auto& channel : other.due)
    if (std::ranges::find(due, channel) == due.end()) due.push_back(std::move(channel));
}

Planned plan_deliveries(Transaction& tx, Mailing const& mailing,
                        std::vector<Recipient> const& recipients, Moment now) {
  // In the order the channels were first named, which is the policy's.
  using OfChannel = std::pair<ChannelName, std::vector<Recipient>>;
  std::vector<OfChannel> by_channel;
  for (auto const& recipient : recipients) {
    auto of_channel = std::ranges::find(by_channel, recipient.channel, &OfChannel::first);
    if (of_channel == by_channel.end())
      of_channel = by_channel.insert(by_channel.end(), {recipient.channel, {}});
    of_channel->second.push_back(recipient);
  }
  Planned planned;
  auto room = tx.settings.chunk_deliveries_max;
  auto channels_left = by_channel.size();
  for (auto const& [channel, all] : by_channel) {
    auto const share = std::min(all.size(), std::max<std::size_t>(room / channels_left--, 1));
    room -= std::min(room, share);
    std::span const these(all);
    write_out(tx, mailing, these.first(share), now);
    put_off(tx, mailing, channel, these.subspan(share));
    planned.more = planned.more || share < all.size();
    planned.due.push_back(channel);
  }
  return planned;
}

void plan_notice(Transaction& tx, Mailing const& mailing, Recipient const& recipient, Moment now) {
  insert(tx, mailing, recipient, mailing.kind, std::nullopt, now);
}

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

Family family_of(Transaction& tx, AlertId alert) {
  Family family;
  Query members(tx.db,
                "SELECT id FROM alerts WHERE family = (SELECT family FROM alerts WHERE id = ?)"
                " ORDER BY id",
                alert);
  while (members.next()) family.push_back(members.get<AlertId>(0));
  return family;
}

std::vector<Recipient> told_of(Transaction& tx, Family const& family) {
  std::vector<Recipient> told;
  auto const excluded = excluded_from(tx, family);
  std::set<Address> seen;
  for (auto const member : family) {
    Query rows(tx.db,
               "SELECT officer, channel, address, language, id FROM deliveries"
               " WHERE alert = ? AND kind IN ('alert', 'update')"
               " AND (state IN ('sent', 'delivered', 'read', 'claimed') OR possible_duplicate = 1)"
               " ORDER BY state = 'claimed', id",
               member);
    while (rows.next()) {
      Recipient recipient{rows.get<OfficerId>(0), rows.get<ChannelName>(1),
                          rows.get<std::string>(2), rows.get<std::string>(3)};
      Address const address{recipient.channel.value, recipient.address};
      auto const since = excluded.find(address);
      if (since != excluded.end() && since->second > rows.get<DeliveryId>(4)) continue;
      if (seen.insert(address).second) told.push_back(std::move(recipient));
    }
  }
  return told;
}

Standing standing_of(Transaction& tx, Family const& family, AlertId alert,
                     ChannelName const& channel, std::string const& address) {
  Standing standing;
  for (auto const member : family) {
    Query row(tx.db,
              "SELECT max(CASE WHEN state IN ('planned', 'claimed') THEN id END),"
              " max(kind IN ('alert', 'update') AND (possible_duplicate = 1"
              " OR state IN ('sent', 'delivered', 'read', 'claimed')))"
              " FROM deliveries INDEXED BY deliveries_address"
              " WHERE alert = ? AND channel = ? AND address = ?",
              member, channel, address);
    row.next();
    standing.unfinished = std::max(standing.unfinished, row.get<std::optional<DeliveryId>>(0));
    bool const told = row.get<bool>(1);
    standing.told = standing.told || told;
    standing.told_before = standing.told_before || (told && member != alert);
  }
  return standing;
}

}  // namespace siaga::journal
