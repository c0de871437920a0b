#include "gateway/journal/changes/link_locks.hpp"

namespace siaga::journal {
namespace {

std::string wrong_codes(LinkLock const& lock) {
  return "wrong=" + std::to_string(lock.wrong);
}

}  // namespace

void lock_link(Transaction& tx, LinkLock const& lock, UtcTime now) {
  run(tx.db,
      "INSERT INTO link_locks VALUES (?, ?, ?) ON CONFLICT (delivery) DO UPDATE SET until ="
      " excluded.until, wrong = excluded.wrong",
      lock.delivery, lock.until, lock.wrong);
  auto const until = to_rfc3339(lock.until, tx.settings.zone_offset);
  tx.log.write(now, {"link-locked", lock.alert, lock.delivery, lock.officer,
                     wrong_codes(lock) + " until=" + until});
}

void unlock_link(Transaction& tx, LinkLock const& lock, UtcTime now) {
  if (run(tx.db, "DELETE FROM link_locks WHERE delivery = ?", lock.delivery) == 0) return;
  tx.log.write(now, {"link-unlocked", lock.alert, lock.delivery, lock.officer, wrong_codes(lock)});
}

std::vector<LinkLock> locked_links(Transaction& tx) {
  std::vector<LinkLock> locks;
  Query rows(tx.db,
             "SELECT l.delivery, d.alert, d.officer, l.until, l.wrong FROM link_locks l"
             " JOIN deliveries d ON d.id = l.delivery");
  while (rows.next())
    locks.push_back({rows.get<DeliveryId>(0), rows.get<AlertId>(1), rows.get<OfficerId>(2),
                     rows.get<UtcTime>(3), rows.get<std::int64_t>(4)});
  return locks;
}

}  // namespace siaga::journal
