#include "gateway/journal/changes/claim.hpp"

#include "gateway/journal/changes/alert_end.hpp"
#include "gateway/journal/changes/codes.hpp"
#include "gateway/journal/changes/expand.hpp"
#include "gateway/journal/state/deliveries.hpp"

namespace siaga::journal {
namespace {

std::vector<Delivery> due_of(Transaction& tx, ChannelName const& channel, Priority priority,
                             std::size_t count_max, SteadyTime now) {
  std::vector<Delivery> due;
  Query rows(tx.db,
             "SELECT " SIAGA_DELIVERY_COLUMNS
             " FROM deliveries WHERE channel = ? AND priority = ?"
             " AND state = 'planned' AND after_delivery IS NULL AND due <= ?"
             " ORDER BY due, id LIMIT ?",
             channel, priority, now, count_max);
  while (rows.next()) due.push_back(read_delivery(rows));
  return due;
}

void expire(Transaction& tx, Delivery const& due, UtcTime now) {
  run(tx.db, "UPDATE deliveries SET state = 'expired', updated = ? WHERE id = ?", now, due.id);
  tx.log.write(now, {"expired", due.alert, due.id, due.officer, ""});
  let_follow(tx, due.id, Reached::no, now);
}

// A claim given up: planned again, unless its alert has ended meanwhile.
#define SIAGA_GIVE_BACK                                                      \
  "state = CASE WHEN kind IN ('alert', 'update') AND (SELECT a.state FROM"   \
  " alerts a WHERE a.id = deliveries.alert) <> 'open' THEN 'cancelled' ELSE" \
  " 'planned' END"
#define SIAGA_CLAIM_COLUMNS "id, alert, officer, state"
struct Claim {
  DeliveryId id;
  AlertId alert;
  OfficerId officer;
  DeliveryState state = DeliveryState::planned;  // now
};

Claim read_claim(Query const& row) {
  return {row.get<DeliveryId>(0), row.get<AlertId>(1), row.get<OfficerId>(2),
          row.get<DeliveryState>(3)};
}

void claim(Transaction& tx, Delivery& delivery, Moment now) {
  delivery.state = DeliveryState::claimed;
  ++delivery.fence;
  ++delivery.attempts;
  run(tx.db,
      "UPDATE deliveries SET state = ?, fence = ?, attempts = ?, lease_until = ?,"
      " updated = ? WHERE id = ?",
      delivery.state, delivery.fence, delivery.attempts, now.steady + tx.settings.lease, now.utc,
      delivery.id);
}

void claim_priority(Transaction& tx, ChannelName const& channel, Priority priority,
                    std::size_t count_max, Moment now, std::vector<Delivery>& claimed) {
  while (claimed.size() < count_max) {
    auto due = due_of(tx, channel, priority, count_max - claimed.size(), now.steady);
    for (auto& one : due) {
      if (one.expires <= now.utc) {
        expire(tx, one, now.utc);
      } else {
        claim(tx, one, now);
        claimed.push_back(std::move(one));
      }
    }
    if (due.empty()) return;
  }
}

std::optional<SteadyTime> next_due(Transaction& tx, ChannelName const& channel) {
  std::optional<SteadyTime> earliest;
  auto const sooner = [&](std::optional<SteadyTime> due) {
    if (due && (!earliest || *due < *earliest)) earliest = due;
  };
  for (int priority = 0; priority < static_cast<int>(all_words<Priority>().size()); ++priority)
    sooner(first<std::optional<SteadyTime>>(
               tx.db,
               "SELECT min(due) FROM deliveries WHERE channel = ?"
               " AND priority = ? AND state = 'planned' AND after_delivery IS NULL",
               channel, priority)
               .value_or(std::nullopt));
  sooner(first<SteadyTime>(
      tx.db, "SELECT due FROM chunks WHERE channel = ? ORDER BY priority, id LIMIT 1", channel));
  return earliest;
}

}  // namespace

Result<Claimed> claim_due(Transaction& tx, ChannelName const& channel, std::size_t count_max,
                          Moment now) {
  Claimed answer;
  auto& claimed = answer.deliveries;
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
  answer.next_due = next_due(tx, channel);
  return answer;
}

void release(Transaction& tx, std::vector<DeliveryId> const& unbegun, UtcTime now) {
  for (auto const id : unbegun) {
    Query row(tx.db,
              "UPDATE deliveries SET attempts = attempts - 1, " SIAGA_GIVE_BACK
              " WHERE id = ? AND state = 'claimed' RETURNING " SIAGA_CLAIM_COLUMNS,
              id);
    if (!row.next()) continue;
    auto const claim = read_claim(row);
    if (claim.state == DeliveryState::planned) continue;
    tx.log.write(now, {"dropped", claim.alert, id, claim.officer, "state=cancelled because=ended"});
    let_follow(tx, id, Reached::no, now);
  }
}

std::size_t reopen_claims(Transaction& tx, Moment now) {
  std::vector<Claim> claims;
  {
    Query rows(tx.db, "UPDATE deliveries SET possible_duplicate = 1, " SIAGA_GIVE_BACK
                      " WHERE state = 'claimed' RETURNING " SIAGA_CLAIM_COLUMNS);
    while (rows.next()) claims.push_back(read_claim(rows));
  }
  for (auto const& claim : claims) {
    tx.log.write(now.utc,
                 {"reopened", claim.alert, claim.id, claim.officer,
                  "state=" + std::string(to_word(claim.state)) + " possible_duplicate=yes"});
    if (claim.state != DeliveryState::planned) let_follow(tx, claim.id, Reached::yes, now.utc);
  }
  // The clock may have been set while we were away; what was due by the old one must not wait for
  // it. In two statements: each finds by its index what is under way among all there ever was.
  run(tx.db,
      "UPDATE deliveries SET due = 0 WHERE state = 'planned' AND after_delivery IS NULL"
      " AND due > 0");
  run(tx.db,
      "UPDATE deliveries SET due = 0 WHERE state = 'planned' AND after_delivery IS NOT NULL"
      " AND due > 0");
  run(tx.db, "UPDATE chunks SET due = 0");
  limit_rests(tx, now.steady);
  return claims.size();
}

}  // namespace siaga::journal
