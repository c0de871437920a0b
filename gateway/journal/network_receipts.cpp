#include "gateway/journal/network_receipts.hpp"

namespace siaga::journal {
namespace {

struct Parts {
  int all = 0;
  int delivered = 0;  // or read
  int read = 0;
  int failed = 0;
  int cancelled = 0;
};

Parts parts_of(Transaction& tx, DeliveryId delivery) {
  Query row(tx.db,
            "SELECT count(*), ifnull(sum(state IN ('delivered', 'read')), 0),"
            " ifnull(sum(state = 'read'), 0), ifnull(sum(state = 'failed'), 0),"
            " ifnull(sum(state = 'cancelled'), 0)"
            " FROM parts WHERE delivery = ?",
            delivery);
  row.next();
  return {row.get<int>(0), row.get<int>(1), row.get<int>(2), row.get<int>(3), row.get<int>(4)};
}

DeliveryState fold(Parts const& parts, DeliveryState before) {
  if (parts.delivered == parts.all)
    return parts.read == parts.all ? DeliveryState::read : DeliveryState::delivered;
  if (before != DeliveryState::sent) return before;
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

Delivered load(Transaction& tx, DeliveryId id) {
  Query row(tx.db, "SELECT alert, officer, state, address FROM deliveries WHERE id = ?", id);
  row.next();
  return {row.get<AlertId>(0), row.get<OfficerId>(1), row.get<DeliveryState>(2),
          row.get<std::string>(3)};
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
  auto const before = load(tx, id);
  Recorded recorded;
  recorded.alert = before.alert;
  recorded.state = before.state;
  if (part == receipt.state) return recorded;

  if (moves_on(part, receipt.state))
    run(tx.db, "UPDATE parts SET state = ? WHERE channel = ? AND reference = ?", receipt.state,
        receipt.channel, receipt.reference);
  auto const parts = parts_of(tx, id);
  recorded.state = fold(parts, before.state);
  if (recorded.state != before.state)
    run(tx.db, "UPDATE deliveries SET state = ?, reason = ?, updated = ? WHERE id = ?",
        recorded.state, receipt.reason, receipt.at, id);
  auto detail = "said=" + std::string(to_word(receipt.state)) +
                " state=" + std::string(to_word(recorded.state)) +
                " parts=" + std::to_string(parts.delivered) + "/" + std::to_string(parts.all);
  if (!receipt.reason.empty()) detail += " reason=" + scrubbed(receipt.reason, before.address);
  tx.log.write(receipt.at, {"receipt", before.alert, id, before.officer, std::move(detail)});
  bool const fails = recorded.state == DeliveryState::failed && recorded.state != before.state;
  if (fails) recorded.step_failed = failed_step(tx, id);
  return recorded;
}

}  // namespace siaga::journal
