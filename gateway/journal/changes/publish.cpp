#include "gateway/journal/changes/publish.hpp"

#include "gateway/base/visible.hpp"

namespace siaga::journal {

void send(Transaction& tx, OutboxEntry const& entry, UtcTime now) {
  run(tx.db, "INSERT INTO outbox (topic, payload, correlation, at) VALUES (?, ?, ?, ?)",
      entry.topic, visible_lines(entry.payload), Blob{entry.correlation_data}, now);
}

void status_cleared(Transaction& tx, AlertId id) {
  run(tx.db, "UPDATE alerts SET announced = 0 WHERE id = ?", id);
}

std::optional<UtcTime> outbox_since(Transaction& tx) {
  return first<UtcTime>(tx.db, "SELECT at FROM outbox ORDER BY id LIMIT 1");
}

std::vector<OutboxItem> outbox(Transaction& tx, OutboxId after, std::size_t count_max) {
  std::vector<OutboxItem> items;
  Query rows(tx.db,
             "SELECT id, topic, payload, correlation FROM outbox WHERE id > ? ORDER BY id LIMIT ?",
             after, count_max);
  while (rows.next())
    items.push_back({rows.get<OutboxId>(0), rows.get<std::string>(1), rows.get<std::string>(2),
                     std::string(rows.blob(3))});
  return items;
}

void published(Transaction& tx, std::vector<OutboxId> const& items) {
  for (auto const id : items) run(tx.db, "DELETE FROM outbox WHERE id = ?", id);
}

std::size_t judge_outbox(Transaction& tx, UtcTime now) {
  std::vector<OutboxId> unfit;
  {
    Query rows(tx.db, "SELECT id, topic FROM outbox ORDER BY id");
    while (rows.next())
      if (!tx.settings.response_topics.may_carry(rows.text(1)))
        unfit.push_back(rows.get<OutboxId>(0));
  }
  if (unfit.empty()) return 0;
  published(tx, unfit);
  tx.log.write(now, {"receipts-withdrawn",
                     {},
                     {},
                     {},
                     "count=" + std::to_string(unfit.size()) +
                         " their response topics are not allowed; the agencies' own topics have"
                         " these receipts"});
  return unfit.size();
}

}  // namespace siaga::journal
