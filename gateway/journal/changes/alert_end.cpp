#include "gateway/journal/changes/alert_end.hpp"

#include <unordered_set>

#include "gateway/journal/changes/codes.hpp"
#include "gateway/journal/state/family.hpp"

namespace siaga::journal {
namespace {

std::int64_t stop_planned(Transaction& tx, Ending const& ending, UtcTime now) {
  return run(tx.db,
             "UPDATE deliveries SET state = ?, updated = ? WHERE alert = ? AND state = 'planned'"
             " AND kind IN ('alert', 'update')",
             ending.unsent, now, ending.alert);
}

std::int64_t stop_claimed(Transaction& tx, Ending const& ending, InFlight const& sending,
                          UtcTime now) {
  std::unordered_set<DeliveryId> const begun(sending.begin(), sending.end());
  std::vector<DeliveryId> unbegun;
  Query claimed(tx.db,
                "SELECT id FROM deliveries WHERE alert = ? AND state = 'claimed'"
                " AND kind IN ('alert', 'update')",
                ending.alert);
  while (claimed.next())
    if (auto const id = claimed.get<DeliveryId>(0); !begun.contains(id)) unbegun.push_back(id);
  for (auto const id : unbegun)
    run(tx.db, "UPDATE deliveries SET state = ?, updated = ?, attempts = attempts - 1 WHERE id = ?",
        ending.unsent, now, id);
  return static_cast<std::int64_t>(unbegun.size());
}

std::int64_t drop_chunks(Transaction& tx, AlertId alert) {
  auto const size = first<std::int64_t>(
      tx.db, "SELECT coalesce(sum(size), 0) FROM chunks WHERE alert = ?", alert);
  run(tx.db, "DELETE FROM chunks WHERE alert = ?", alert);
  return size.value_or(0);
}

// Whatever waited for a delivery that was stopped now waits for what that one waited for.
void pass_on_waiting(Transaction& tx) {
  while (run(tx.db,
             "UPDATE deliveries SET after_delivery = (SELECT before.after_delivery"
             " FROM deliveries before WHERE before.id = deliveries.after_delivery)"
             " WHERE state = 'planned' AND after_delivery IS NOT NULL AND (SELECT before.state "
             "FROM deliveries before"
             " WHERE before.id = deliveries.after_delivery) NOT IN ('planned', 'claimed')") > 0) {
  }
}

struct Waiting {
  DeliveryId id;
  AlertId alert;
  OfficerId officer;
  int ladder = 0;
  MessageKind kind = MessageKind::alert;
  ChannelName channel;
  std::string address;
};

std::vector<Waiting> waiting_for(Transaction& tx, DeliveryId ended) {
  std::vector<Waiting> all;
  Query rows(tx.db,
             "SELECT id, alert, officer, ladder, kind, channel, address FROM deliveries"
             " WHERE state = 'planned' AND after_delivery = ?",
             ended);
  while (rows.next())
    all.push_back({rows.get<DeliveryId>(0), rows.get<AlertId>(1), rows.get<OfficerId>(2),
                   rows.get<int>(3), rows.get<MessageKind>(4), rows.get<ChannelName>(5),
                   rows.get<std::string>(6)});
  return all;
}

}  // namespace

std::size_t end_alert(Transaction& tx, Ending const& ending, InFlight const& sending, Moment now) {
  run(tx.db, "UPDATE alerts SET state = ?, ended_at = ? WHERE id = ?", ending.state, now.utc,
      ending.alert);
  run(tx.db, "UPDATE ladders SET next_due = NULL WHERE alert = ?", ending.alert);
  retire_code(tx, ending.alert, now.steady);
  auto const stopped = stop_planned(tx, ending, now.utc) +
                       stop_claimed(tx, ending, sending, now.utc) + drop_chunks(tx, ending.alert);
  if (stopped > 0) pass_on_waiting(tx);
  return static_cast<std::size_t>(stopped);
}

bool let_follow(Transaction& tx, DeliveryId ended, Reached reached, UtcTime now) {
  bool any = false;
  for (auto const& waiting : waiting_for(tx, ended)) {
    auto kind = waiting.kind;
    if (reached == Reached::no && kind != MessageKind::alert) {
      auto const family = family_of(tx.db, waiting.alert);
      auto const standing =
          standing_of(tx.db, family, waiting.alert, waiting.channel, waiting.address);
      if (!standing.told && kind == MessageKind::update && waiting.ladder >= 0) {
        kind = MessageKind::alert;  // news to him after all
        tx.log.write(now, {"planned", waiting.alert, waiting.id, waiting.officer, "kind=alert"});
      } else if (!standing.told) {
        run(tx.db,
            "UPDATE deliveries SET state = 'cancelled', after_delivery = NULL, updated = ?,"
            " reason = 'nothing had reached this address' WHERE id = ?",
            now, waiting.id);
        tx.log.write(now, {"dropped", waiting.alert, waiting.id, waiting.officer,
                           "state=cancelled because=never-told"});
        any = let_follow(tx, waiting.id, reached, now) || any;
        continue;
      }
    }
    run(tx.db, "UPDATE deliveries SET after_delivery = NULL, kind = ? WHERE id = ?", kind,
        waiting.id);
    any = true;
  }
  return any;
}

}  // namespace siaga::journal
