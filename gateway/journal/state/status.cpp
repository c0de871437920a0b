#include "gateway/journal/state/status.hpp"

#include "gateway/journal/state/acknowledgements.hpp"
#include "gateway/journal/state/alerts.hpp"

namespace siaga::journal {

namespace {

constexpr std::size_t officers_told_max = 1000;  // a status is asked for several times a second

void count_deliveries(Database& database, AlertStatus& status) {
  Query rows(database,
             "SELECT state, sum(count) FROM tallies WHERE alert = ? AND kind IN ('alert', 'update')"
             " GROUP BY state",
             status.alert);
  while (rows.next()) {
    auto const state = rows.get<DeliveryState>(0);
    auto const count = rows.get<std::size_t>(1);
    bool const arrived = state == DeliveryState::delivered || state == DeliveryState::read;
    status.planned += count;
    if (arrived) status.delivered += count;
    if (arrived || state == DeliveryState::sent) status.sent += count;
    if (state == DeliveryState::failed || state == DeliveryState::expired) status.failed += count;
  }
  status.planned += first<std::size_t>(database,
                                       "SELECT coalesce(sum(size), 0) FROM chunks WHERE alert = ?"
                                       " AND kind IN ('alert', 'update')",
                                       status.alert)
                        .value_or(0);
}

}  // namespace

Result<AlertStatus> status_of(Database& database, AlertId id) {
  AlertStatus status;
  status.alert = id;
  {
    Query row(database, "SELECT agency, state, identifier, ended_at FROM alerts WHERE id = ?", id);
    if (!row.next()) return unknown_alert(id);
    status.agencies.push_back(row.get<AgencyId>(0));
    status.state = row.get<AlertState>(1);
    status.identifier = row.get<std::string>(2);
    status.ended_at = row.get<std::optional<UtcTime>>(3);
  }
  count_deliveries(database, status);
  Query officers(database,
                 "SELECT DISTINCT officer FROM deliveries WHERE alert = ? AND officer <> ''"
                 " AND kind IN ('alert', 'update') LIMIT ?",
                 id, officers_told_max);
  while (officers.next()) status.told.push_back(officers.get<OfficerId>(0));
  auto const answers = count_answers(database, id);
  status.accepted = answers.accepted;
  status.declined = answers.declined;
  Query ladder(database,
               "SELECT coalesce(max(step), 0), min(next_due) FROM ladders WHERE alert = ?", id);
  ladder.next();
  status.step = ladder.get<int>(0);
  status.next_step_due = ladder.get<std::optional<SteadyTime>>(1);
  return status;
}

std::vector<AlertId> alerts_to_announce(Database& database) {
  std::vector<AlertId> alerts;
  Query rows(database, "SELECT id FROM alerts WHERE announced = 1 ORDER BY id");
  while (rows.next()) alerts.push_back(rows.get<AlertId>(0));
  return alerts;
}

}  // namespace siaga::journal
