#include "gateway/journal/state/lookups.hpp"

#include "gateway/journal/changes/acknowledge.hpp"
#include "gateway/journal/changes/record_attempt.hpp"
#include "gateway/journal/state/alert_codec.hpp"

namespace siaga::journal {
namespace {

#define SIAGA_OPEN_ALERT_COLUMNS "a.id, a.code, a.state, a.status, a.event, a.agency"
#define SIAGA_WAS_TOLD                                                                     \
  "d.kind IN ('alert', 'update') AND (d.state IN ('claimed', 'sent', 'delivered', 'read')" \
  " OR d.possible_duplicate = 1)"

OpenAlert read_open_alert(Query const& row) {
  OpenAlert alert;
  alert.id = row.get<AlertId>(0);
  alert.code = row.get<std::string>(1);
  alert.state = row.get<AlertState>(2);
  alert.status = row.get<Status>(3);
  alert.event = row.get<std::string>(4);
  alert.agency = row.get<AgencyId>(5);
  return alert;
}

constexpr std::size_t officers_told_max = 1000;  // a status is asked for several times a second

Error unknown_alert(AlertId id) {
  return Error(Errc::not_found, "alert " + std::to_string(id.value));
}

void count_deliveries(Transaction& tx, AlertStatus& status) {
  Query rows(tx.db,
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
  status.planned += first<std::size_t>(tx.db,
                                       "SELECT ifnull(sum(size), 0) FROM chunks WHERE alert = ?"
                                       " AND kind IN ('alert', 'update')",
                                       status.alert)
                        .value_or(0);
}

}  // namespace

Result<std::shared_ptr<StoredAlert const>> stored_alert(Transaction& tx, AlertId id) {
  Query row(tx.db,
            "SELECT agency, code, state, accepted_at, body, proof, ended_at FROM alerts"
            " WHERE id = ?",
            id);
  if (!row.next()) return unknown_alert(id);
  auto alert = decode_alert(row.text(4));
  if (!alert) return alert.error();
  auto stored = std::make_shared<StoredAlert>();
  stored->id = id;
  stored->agency = row.get<AgencyId>(0);
  stored->code = row.get<std::string>(1);
  stored->state = row.get<AlertState>(2);
  stored->accepted_at = row.get<UtcTime>(3);
  stored->proof = row.get<std::string>(5);
  stored->ended_at = row.get<std::optional<UtcTime>>(6);
  stored->alert = std::move(*alert);
  return std::shared_ptr<StoredAlert const>(std::move(stored));
}

Result<Delivery> stored_delivery(Transaction& tx, DeliveryId id) {
  Query row(tx.db, "SELECT " SIAGA_DELIVERY_COLUMNS " FROM deliveries WHERE id = ?", id);
  if (!row.next()) return Error(Errc::not_found, "delivery " + std::to_string(id.value));
  return read_delivery(row);
}

Result<AlertId> latest_of(Transaction& tx, AlertId alert) {
  auto const family = family_of(tx, alert);
  if (family.empty()) return unknown_alert(alert);
  return family.back();
}

Result<OpenAlert> alert_by_code(Transaction& tx, std::string const& code) {
  Query row(tx.db,
            "SELECT " SIAGA_OPEN_ALERT_COLUMNS
            ", EXISTS (SELECT 1 FROM alerts f JOIN deliveries d ON d.alert = f.id"
            " WHERE f.family = a.family AND d.officer = '' AND " SIAGA_WAS_TOLD
            ")"
            " FROM codes c JOIN alerts a ON a.id = c.alert WHERE c.code = ?",
            code);
  if (!row.next()) return Error(Errc::not_found, "no alert has this code");
  auto alert = read_open_alert(row);
  alert.broadcast = row.get<bool>(6);
  return alert;
}

std::vector<OpenAlert> open_alerts_of(Transaction& tx, OfficerId const& officer) {
  std::vector<OpenAlert> alerts;
  Query rows(tx.db,
             "SELECT " SIAGA_OPEN_ALERT_COLUMNS
             " FROM alerts a WHERE a.state = 'open' AND EXISTS (SELECT 1 FROM alerts f"
             " CROSS JOIN deliveries d INDEXED BY deliveries_officer WHERE f.family = a.family"
             " AND d.officer = ? AND d.officer <> '' AND d.alert = f.id AND " SIAGA_WAS_TOLD
             ") ORDER BY a.id",
             officer);
  while (rows.next()) alerts.push_back(read_open_alert(rows));
  return alerts;
}

Result<AlertStatus> status_of(Transaction& tx, AlertId id) {
  AlertStatus status;
  status.alert = id;
  {
    Query row(tx.db, "SELECT agency, state, identifier, ended_at FROM alerts WHERE id = ?", id);
    if (!row.next()) return unknown_alert(id);
    status.agencies.push_back(row.get<AgencyId>(0));
    status.state = row.get<AlertState>(1);
    status.identifier = row.get<std::string>(2);
    status.ended_at = row.get<std::optional<UtcTime>>(3);
  }
  count_deliveries(tx, status);
  Query officers(tx.db,
                 "SELECT DISTINCT officer FROM deliveries WHERE alert = ? AND officer <> ''"
                 " AND kind IN ('alert', 'update') LIMIT ?",
                 id, officers_told_max);
  while (officers.next()) status.told.push_back(officers.get<OfficerId>(0));
  auto const answers = count_answers(tx.db, id);
  status.accepted = answers.accepted;
  status.declined = answers.declined;
  Query ladder(tx.db, "SELECT ifnull(max(step), 0), min(next_due) FROM ladders WHERE alert = ?",
               id);
  ladder.next();
  status.step = ladder.get<int>(0);
  status.next_step_due = ladder.get<std::optional<SteadyTime>>(1);
  return status;
}

std::vector<AlertId> alerts_to_announce(Transaction& tx) {
  std::vector<AlertId> alerts;
  Query rows(tx.db, "SELECT id FROM alerts WHERE announced = 1 ORDER BY id");
  while (rows.next()) alerts.push_back(rows.get<AlertId>(0));
  return alerts;
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
