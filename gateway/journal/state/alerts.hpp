// alerts: an alert as it stands, by its id, by its code, or by whom it was told.
//
// Place:  tables alerts, codes -> ALERTS -> lanes, replies, link desk.
// Thread: its Database's.
// Errors: not_found.
#pragma once

#include "gateway/journal/database/query.hpp"
#include "gateway/ports/journal_types.hpp"

namespace siaga::journal {

Result<std::shared_ptr<StoredAlert const>> stored_alert(Database& database, AlertId id);
Result<AlertId> latest_of(Database& database, AlertId alert);
Result<OpenAlert> alert_by_code(Database& database, std::string const& code);
std::vector<OpenAlert> open_alerts_of(Database& database, OfficerId const& officer);
Error unknown_alert(AlertId id);

}  // namespace siaga::journal
