#include "gateway/journal/changes/mailing.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "gateway/journal/changes/recipient_codec.hpp"
#include "gateway/journal/state/family.hpp"

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

}  // namespace

void write_out(Transaction& tx, Mailing const& mailing, std::span<Recipient const> recipients,
               Moment now) {
  auto const family = family_of(tx.db, mailing.alert);
  bool const nothing_before = is_first(tx, family, mailing);
  for (auto const& recipient : recipients) {
    Standing standing;
    if (!nothing_before)
      standing = standing_of(tx.db, family, mailing.alert, recipient.channel, recipient.address);
    if (only_to_those_told(mailing) && !standing.told) continue;
    bool const changed = mailing.kind == MessageKind::alert && standing.told_before;
    auto const kind = changed ? MessageKind::update : mailing.kind;
    insert(tx, mailing, recipient, kind, standing.unfinished, now);
  }
}

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

}  // namespace siaga::journal
