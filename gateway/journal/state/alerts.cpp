#include "gateway/journal/state/alerts.hpp"

#include "gateway/journal/state/alert_codec.hpp"
#include "gateway/journal/state/family.hpp"

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

}  // namespace

Error unknown_alert(AlertId id) {
  return Error(Errc::not_found, "alert " + std::to_string(id.value));
}

Result<std::shared_ptr<StoredAlert const>> stored_alert(Database& database, AlertId id) {
  Query row(database,
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

Result<AlertId> latest_of(Database& database, AlertId alert) {
  auto const family = family_of(database, alert);
  if (family.empty()) return unknown_alert(alert);
  return family.back();
}

Result<OpenAlert> alert_by_code(Database& database, std::string const& code) {
  Query row(database,
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

std::vector<OpenAlert> open_alerts_of(Database& database, OfficerId const& officer) {
  std::vector<OpenAlert> alerts;
  Query rows(database,
             "SELECT " SIAGA_OPEN_ALERT_COLUMNS
             " FROM alerts a WHERE a.id IN (SELECT id FROM alerts WHERE state = 'open')"
             " AND EXISTS (SELECT 1 FROM deliveries d WHERE d.officer = ? AND d.officer <> ''"
             " AND d.alert IN (SELECT f.id FROM alerts f WHERE f.family = a.family)"
             " AND " SIAGA_WAS_TOLD ") ORDER BY a.id",
             officer);
  while (rows.next()) alerts.push_back(read_open_alert(rows));
  return alerts;
}

}  // namespace siaga::journal
