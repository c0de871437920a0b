#include "gateway/journal/changes/expire.hpp"

#include "gateway/journal/changes/codes.hpp"
#include "gateway/journal/changes/early_ends.hpp"

namespace siaga::journal {

std::vector<AlertId> expire_due(Transaction& tx, InFlight const& sending, Moment now) {
  free_codes(tx, now.steady);
  forget_old_ends(tx, now.utc);
  std::vector<AlertId> expired;
  {
    Query rows(tx.db,
               "SELECT id FROM alerts WHERE state = 'open' AND expires <= ? ORDER BY expires",
               now.utc);
    while (rows.next()) expired.push_back(rows.get<AlertId>(0));
  }
  for (auto const alert : expired) {
    auto const stopped =
        end_alert(tx, {alert, AlertState::expired, DeliveryState::expired}, sending, now);
    tx.log.write(now.utc, {"expired", alert, {}, {}, "stopped=" + std::to_string(stopped)});
  }
  return expired;
}

}  // namespace siaga::journal
