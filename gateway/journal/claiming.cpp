#include "gateway/journal/sending.hpp"

namespace siaga::journal {
namespace {

struct Due {
  DeliveryId id;
  AlertId alert;
  OfficerId officer;
  UtcTime expires;
};

std::vector<Due> due_of(Transaction& tx, ChannelName const& channel, Priority priority,
                        std::size_t count_max, SteadyTime now) {
  std::vector<Due> due;
  Query rows(tx.db,
             "SELECT id, alert, officer, expires FROM deliveries INDEXED BY deliveries_due"
             " WHERE channel = ? AND priority = ? AND state = 'planned'"
             " AND after_delivery IS NULL AND due <= ? ORDER BY due, id LIMIT ?",
             channel, priority, now, count_max);
  while (rows.next())
    due.push_back({rows.get<DeliveryId>(0), rows.get<AlertId>(1), rows.get<OfficerId>(2),
                   rows.get<UtcTime>(3)});
  return due;
}

void expire(Transaction& tx, Due const& due, UtcTime now) {
  run(tx.db, "UPDATE deliveries SET state = 'expired', updated = ? WHERE id = ?", now, due.id);
  tx.log.write(now, {"expired", due.alert, due.id, due.officer, ""});
  let_follow(tx, due.id, Reached::no, now);
}

Delivery claim(Transaction& tx, DeliveryId id, Moment now) {
  Query row(tx.db,
            "UPDATE deliveries SET state = 'claimed', fence = fence + 1, attempts = attempts + 1,"
            " lease_until = ?, updated = ? WHERE id = ? RETURNING " SIAGA_DELIVERY_COLUMNS,
            now.steady + tx.settings.lease, now.utc, id);
  row.next();
  return read_delivery(row);
}

void claim_priority(Transaction& tx, ChannelName const& channel, Priority priority,
                    std::size_t count_max, Moment now, std::vector<Delivery>& claimed) {
  while (claimed.size() < count_max) {
    auto const due = due_of(tx, channel, priority, count_max - claimed.size(), now.steady);
    for (auto const& one : due) {
      if (one.expires <= now.utc)
        expire(tx, one, now.utc);
      else
        claimed.push_back(claim(tx, one.id, now));
    }
    if (due.empty()) return;
  }
}

}  // namespace

Delivery read_delivery(Query const& row) {
  Delivery delivery;
  delivery.id = row.get<DeliveryId>(0);
  delivery.alert = row.get<AlertId>(1);
  delivery.officer = row.get<OfficerId>(2);
  delivery.channel = row.get<ChannelName>(3);
  delivery.address = row.get<std::string>(4);
  delivery.language = row.get<std::string>(5);
  delivery.kind = row.get<MessageKind>(6);
  delivery.state = row.get<DeliveryState>(7);
  delivery.priority = row.get<Priority>(8);
  delivery.step = row.get<int>(9);
  delivery.attempts = row.get<int>(10);
  delivery.possible_duplicate = row.get<bool>(11);
  delivery.expires = row.get<UtcTime>(12);
  delivery.text = row.get<std::string>(13);
  delivery.fence = row.get<std::int64_t>(14);
  return delivery;
}

Result<std::vector<Delivery>> claim_due(Transaction& tx, ChannelName const& channel,
                                        std::size_t count_max, Moment now) {
  std::vector<Delivery> claimed;
  bool expanded = false;  // at most one chunk per claim, so that others need not wait
  for (int i = 0; i < static_cast<int>(all_words<Priority>().size()); ++i) {
    auto const priority = static_cast<Priority>(i);
    claim_priority(tx, channel, priority, count_max, now, claimed);
    if (claimed.size() >= count_max || expanded) continue;
    auto const more = expand_channel(tx, channel, priority, now);
    if (!more) return more.error();
    expanded = *more;
    if (expanded) claim_priority(tx, channel, priority, count_max, now, claimed);
  }
  return claimed;
}

std::optional<SteadyTime> next_due(Transaction& tx, ChannelName const& channel) {
  std::optional<SteadyTime> earliest;
  auto const sooner = [&](std::optional<SteadyTime> due) {
    if (due && (!earliest || *due < *earliest)) earliest = due;
  };
  for (int priority = 0; priority < static_cast<int>(all_words<Priority>().size()); ++priority)
    sooner(first<std::optional<SteadyTime>>(
               tx.db,
               "SELECT min(due) FROM deliveries INDEXED BY deliveries_due WHERE channel = ?"
               " AND priority = ? AND state = 'planned' AND after_delivery IS NULL",
               channel, priority)
               .value_or(std::nullopt));
  sooner(first<SteadyTime>(
      tx.db, "SELECT due FROM chunks WHERE channel = ? ORDER BY priority, id LIMIT 1", channel));
  return earliest;
}

void release(Transaction& tx, std::vector<DeliveryId> const& unbegun) {
  for (auto const id : unbegun)
    run(tx.db,
        "UPDATE deliveries SET state = 'planned', attempts = attempts - 1 WHERE id = ?"
        " AND state = 'claimed'",
        id);
}

std::size_t reopen_claims(Transaction& tx) {
  struct Claim {
    DeliveryId id;
    AlertId alert;
    bool ended = false;
    UtcTime updated{};
  };
  std::vector<Claim> claims;
  {
    Query rows(tx.db,
               "SELECT d.id, d.alert, d.kind IN ('alert', 'update') AND a.state <> 'open',"
               " d.updated FROM deliveries d LEFT JOIN alerts a ON a.id = d.alert"
               " WHERE d.state = 'claimed'");
    while (rows.next())
      claims.push_back(
          {rows.get<DeliveryId>(0), rows.get<AlertId>(1), rows.get<bool>(2), rows.get<UtcTime>(3)});
  }
  for (auto const& claim : claims) {
    auto const state = claim.ended ? DeliveryState::cancelled : DeliveryState::planned;
    run(tx.db, "UPDATE deliveries SET state = ?, possible_duplicate = 1 WHERE id = ?", state,
        claim.id);
    if (claim.ended) let_follow(tx, claim.id, Reached::yes, claim.updated);
  }
  // The clock may have been set while we were away; what was due by the old one must not wait for
  // it.
  run(tx.db, "UPDATE deliveries SET due = 0 WHERE state = 'planned' AND due > 0");
  run(tx.db, "UPDATE chunks SET due = 0");
  return claims.size();
}

}  // namespace siaga::journal
