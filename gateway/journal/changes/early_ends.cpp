#include "gateway/journal/changes/early_ends.hpp"

#include <algorithm>

namespace siaga::journal {
namespace {

constexpr std::chrono::hours remembered_for{24 * 30};

}  // namespace

void remember_end(Transaction& tx, Reference const& reference, Arrival const& arrival,
                  AlertId replaced_by) {
  run(tx.db,
      "INSERT INTO pending_ends VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (sender, identifier, agency, status, replaced_by) DO UPDATE SET sent = "
      "excluded.sent, sent_text = excluded.sent_text,"
      " inbox = excluded.inbox",
      reference.sender, reference.identifier, arrival.agency, arrival.alert.status, replaced_by,
      reference.sender == arrival.alert.sender, reference.sent.at, reference.sent.text,
      arrival.inbound.id);
  auto const* kind = replaced_by.empty() ? "cancelled" : "updated";
  tx.log.write(arrival.now.utc,
               {kind, replaced_by, {}, {}, inbox_detail(arrival) + " remembered=yes"});
}

std::optional<PendingEnd> take_pending_end(Transaction& tx, Arrival const& arrival) {
  auto const& alert = arrival.alert;
  std::optional<PendingEnd> end;
  {
    // A Cancel before Updates, of Updates the last.
    Query row(tx.db,
              "SELECT agency, own, replaced_by FROM pending_ends WHERE sender = ?"
              " AND identifier = ? AND status = ? AND (sent = ? OR sent_text = ?)"
              " ORDER BY replaced_by = 0 DESC, replaced_by DESC",
              alert.sender, alert.identifier, alert.status, alert.sent.at, alert.sent.text);
    while (!end && row.next()) {
      auto const by = row.get<AgencyId>(0);
      bool const own = by == arrival.agency && row.get<bool>(1);
      if (own || std::ranges::find(arrival.parents, by) != arrival.parents.end())
        end = PendingEnd{row.get<AlertId>(2)};
    }
  }
  if (end)
    run(tx.db, "DELETE FROM pending_ends WHERE sender = ? AND identifier = ? AND status = ?",
        alert.sender, alert.identifier, alert.status);
  return end;
}

void forget_old_ends(Transaction& tx, UtcTime now) {
  auto const forgotten =
      run(tx.db,
          "DELETE FROM pending_ends WHERE"
          " (SELECT received_at FROM inbox WHERE inbox.id = pending_ends.inbox) < ?",
          now - remembered_for);
  if (forgotten == 0) return;
  tx.log.write(now, {"early-ends-forgotten", {}, {}, {}, "count=" + std::to_string(forgotten)});
}

}  // namespace siaga::journal
