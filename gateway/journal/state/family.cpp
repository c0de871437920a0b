#include "gateway/journal/state/family.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace siaga::journal {

namespace {

using Address = std::pair<std::string, std::string>;  // channel, address

// Whom an Update left out because of its scope: he was told that the old alert is over.
std::map<Address, DeliveryId> excluded_from(Database& database, Family const& family) {
  std::map<Address, DeliveryId> excluded;
  for (auto const member : family) {
    Query rows(database,
               "SELECT d.channel, d.address, max(d.id) FROM deliveries d JOIN alerts a"
               " ON a.id = d.alert AND a.state = 'closed' WHERE d.alert = ? AND d.kind = 'cancel'"
               " GROUP BY 1, 2",
               member);
    while (rows.next())
      excluded[{rows.get<std::string>(0), rows.get<std::string>(1)}] = rows.get<DeliveryId>(2);
  }
  return excluded;
}

}  // namespace

Family family_of(Database& database, AlertId alert) {
  Family family;
  Query members(database,
                "SELECT id FROM alerts WHERE family = (SELECT family FROM alerts WHERE id = ?)"
                " ORDER BY id",
                alert);
  while (members.next()) family.push_back(members.get<AlertId>(0));
  return family;
}

std::vector<Recipient> told_of(Database& database, Family const& family) {
  std::vector<Recipient> told;
  auto const excluded = excluded_from(database, family);
  std::set<Address> seen;
  for (auto const member : family) {
    Query rows(database,
               "SELECT officer, channel, address, language, id FROM deliveries"
               " WHERE alert = ? AND kind IN ('alert', 'update')"
               " AND (state IN ('sent', 'delivered', 'read', 'claimed') OR possible_duplicate = 1)"
               " ORDER BY state = 'claimed', id",
               member);
    while (rows.next()) {
      Recipient recipient{rows.get<OfficerId>(0), rows.get<ChannelName>(1),
                          rows.get<std::string>(2), rows.get<std::string>(3)};
      Address const address{recipient.channel.value, recipient.address};
      auto const since = excluded.find(address);
      if (since != excluded.end() && since->second > rows.get<DeliveryId>(4)) continue;
      if (seen.insert(address).second) told.push_back(std::move(recipient));
    }
  }
  return told;
}

Standing standing_of(Database& database, Family const& family, AlertId alert,
                     ChannelName const& channel, std::string const& address) {
  Standing standing;
  for (auto const member : family) {
    Query row(database,
              "SELECT max(CASE WHEN state IN ('planned', 'claimed') THEN id END),"
              " max(CASE WHEN kind IN ('alert', 'update') AND (possible_duplicate = 1"
              " OR state IN ('sent', 'delivered', 'read', 'claimed')) THEN 1 ELSE 0 END)"
              " FROM deliveries"
              " WHERE alert = ? AND channel = ? AND address = ?",
              member, channel, address);
    row.next();
    standing.unfinished = std::max(standing.unfinished, row.get<std::optional<DeliveryId>>(0));
    bool const told = row.get<bool>(1);
    standing.told = standing.told || told;
    standing.told_before = standing.told_before || (told && member != alert);
  }
  return standing;
}

}  // namespace siaga::journal
