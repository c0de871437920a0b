#include "gateway/journal/state/incidents.hpp"

namespace siaga::journal {

namespace {

#define SIAGA_INCIDENT_COLUMNS "kind, about, detail, since, last, count, told, ended, told_at"

KeptIncident read_kept(Query const& row) {
  KeptIncident kept;
  kept.kind = row.get<IncidentKind>(0);
  kept.about = row.get<std::string>(1);
  kept.detail = row.get<std::string>(2);
  kept.since = row.get<UtcTime>(3);
  kept.last = row.get<UtcTime>(4);
  kept.count = row.get<std::size_t>(5);
  kept.told = row.get<std::size_t>(6);
  kept.ended = row.get<std::optional<UtcTime>>(7);
  kept.told_at = row.get<std::optional<UtcTime>>(8);
  return kept;
}

// A kind that a later program added is left out.
std::vector<KeptIncident> read_all(Query& rows) {
  std::vector<KeptIncident> all;
  while (rows.next())
    if (from_word<IncidentKind>(rows.text(0))) all.push_back(read_kept(rows));
  return all;
}

}  // namespace

std::vector<KeptIncident> incidents_since(Database& database, UtcTime since) {
  Query rows(database,
             "SELECT " SIAGA_INCIDENT_COLUMNS
             " FROM incidents WHERE ended IS NULL OR last >= ?1 OR ended >= ?1 OR told_at >= ?1 "
             "ORDER BY id",
             since);
  return read_all(rows);
}

std::vector<KeptIncident> list_incidents(Database& database, bool open_only,
                                         std::optional<UtcTime> since) {
  Query rows(database,
             "SELECT " SIAGA_INCIDENT_COLUMNS
             " FROM incidents WHERE (?1 = 0 OR ended IS NULL)"
             " AND (?2 IS NULL OR last >= ?2 OR ended >= ?2) ORDER BY since DESC, id DESC",
             open_only, since);
  return read_all(rows);
}

}  // namespace siaga::journal
