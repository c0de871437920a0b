#include "gateway/journal/changes/record_receipt.hpp"

namespace siaga::journal {
namespace {

constexpr int assumed_at_once_max = 512;

struct Parts {
  int all = 0;
  int delivered = 0;  // or read
  int read = 0;
  int failed = 0;
  int cancelled = 0;
};

Parts parts_of(Transaction& tx, DeliveryId delivery) {
  Query row(tx.db,
            "SELECT count(*), count(CASE WHEN state IN ('delivered', 'read') THEN 1 END),"
            " count(CASE WHEN state = 'read' THEN 1 END),"
            " count(CASE WHEN state = 'failed' THEN 1 END),"
            " count(CASE WHEN state = 'cancelled' THEN 1 END) FROM parts WHERE delivery = ?",
            delivery);
  row.next();
  return {row.get<int>(0), row.get<int>(1), row.get<int>(2), row.get<int>(3), row.get<int>(4)};
}

DeliveryState fold(Parts const& parts, DeliveryState before) {
  if (parts.delivered == parts.all)
    return parts.read == parts.all ? DeliveryState::read : DeliveryState::delivered;
  // Delivered without all of its parts: that was assumed, and what is told counts for more.
  bool const open = before == DeliveryState::sent || before == DeliveryState::delivered;
  if (!open) return before;
  if (parts.cancelled > 0) return DeliveryState::cancelled;
  return parts.failed > 0 ? DeliveryState::failed : before;
}

// A part that was delivered stays so; a failed or cancelled one may yet turn out delivered.
bool moves_on(DeliveryState from, DeliveryState to) {
  if (from == DeliveryState::sent) return true;
  if (from == DeliveryState::delivered) return to == DeliveryState::read;
  bool const arrives = to == DeliveryState::delivered || to == DeliveryState::read;
  return arrives && (from == DeliveryState::failed || from == DeliveryState::cancelled);
}

struct Delivered {
  AlertId alert;
  OfficerId officer;
  DeliveryState state = DeliveryState::sent;
  std::string address;
};

Delivered load_delivered(Transaction& tx, DeliveryId id) {
  Query row(tx.db, "SELECT alert, officer, state, address FROM deliveries WHERE id = ?", id);
  row.next();
  return {row.get<AlertId>(0), row.get<OfficerId>(1), row.get<DeliveryState>(2),
          row.get<std::string>(3)};
}

// Costs a message of one part nothing.
void wait_for_others(Transaction& tx, DeliveryId id, Parts const& parts, DeliveryState state,
                     UtcTime now) {
  if (parts.all < 2) return;
  if (state == DeliveryState::sent && parts.delivered > 0)
    run(tx.db,
        "INSERT INTO partly_told VALUES (?, ?) ON CONFLICT (delivery) DO UPDATE SET since ="
        " excluded.since",
        id, now);
  else
    run(tx.db, "DELETE FROM partly_told WHERE delivery = ?", id);
}

std::string text_of(Parts const& parts) {
  return std::to_string(parts.delivered) + "/" + std::to_string(parts.all);
}

}  // namespace

Result<Recorded> record_receipt(Transaction& tx, Receipt const& receipt) {
  DeliveryId id;
  DeliveryState part = DeliveryState::sent;
  {
    Query row(tx.db, "SELECT delivery, state FROM parts WHERE channel = ? AND reference = ?",
              receipt.channel, receipt.reference);
    if (!row.next())
      return Error(Errc::not_found, "no message has this reference on " + receipt.channel.value);
    id = row.get<DeliveryId>(0);
    part = row.get<DeliveryState>(1);
  }
  auto const before = load_delivered(tx, id);
  Recorded recorded;
  recorded.alert = before.alert;
  recorded.state = before.state;
  if (part == receipt.state) return recorded;

  if (moves_on(part, receipt.state))
    run(tx.db, "UPDATE parts SET state = ? WHERE channel = ? AND reference = ?", receipt.state,
        receipt.channel, receipt.reference);
  auto const parts = parts_of(tx, id);
  recorded.state = fold(parts, before.state);
  bool const told_whole = parts.all > 1 && parts.delivered == parts.all;
  if (recorded.state != before.state || told_whole)
    run(tx.db, "UPDATE deliveries SET state = ?, reason = ?, updated = ? WHERE id = ?",
        recorded.state, receipt.reason, receipt.at, id);
  wait_for_others(tx, id, parts, recorded.state, receipt.at);
  auto detail = "said=" + std::string(to_word(receipt.state)) +
                " state=" + std::string(to_word(recorded.state)) + " parts=" + text_of(parts);
  if (!receipt.reason.empty()) detail += " reason=" + scrubbed(receipt.reason, before.address);
  tx.log.write(receipt.at, {"receipt", before.alert, id, before.officer, std::move(detail)});
  bool const fails = recorded.state == DeliveryState::failed && recorded.state != before.state;
  if (fails) recorded.step_failed = failed_step(tx, id);
  return recorded;
}

std::vector<AlertId> assume_delivered(Transaction& tx, milliseconds waited, UtcTime now) {
  std::vector<DeliveryId> due;
  {
    Query rows(tx.db, "SELECT delivery FROM partly_told WHERE since <= ? ORDER BY since LIMIT ?",
               now - waited, assumed_at_once_max);
    while (rows.next()) due.push_back(rows.get<DeliveryId>(0));
  }
  std::vector<AlertId> alerts;
  for (auto const id : due) {
    run(tx.db, "DELETE FROM partly_told WHERE delivery = ?", id);
    auto const before = load_delivered(tx, id);
    auto const parts = parts_of(tx, id);
    if (before.state != DeliveryState::sent || parts.delivered == 0) continue;
    auto const told = "receipts of " + text_of(parts) + " parts only";
    run(tx.db, "UPDATE deliveries SET state = 'delivered', reason = ?, updated = ? WHERE id = ?",
        told, now, id);
    tx.log.write(now, {"assumed", before.alert, id, before.officer,
                       "state=delivered parts=" + text_of(parts) +
                           " reason=no word of the others for " + to_text(waited)});
    alerts.push_back(before.alert);
  }
  return alerts;
}

void await_receipts_anew(Transaction& tx, UtcTime now) {
  run(tx.db, "UPDATE partly_told SET since = ?", now);
}

}  // namespace siaga::journal
