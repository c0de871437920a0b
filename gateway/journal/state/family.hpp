// family: who was told of an alert, of what it replaced and of what replaced it.
//
// Place:  tables alerts, deliveries -> FAMILY -> mailing, cancel, acknowledge.
// Thread: its Database's.
#pragma once

#include <vector>

#include "gateway/domain/plan.hpp"
#include "gateway/journal/database/query.hpp"

namespace siaga::journal {

// The alert, what it replaced and what replaced it.
using Family = std::vector<AlertId>;
Family family_of(Database& database, AlertId alert);

// Whom the family's alerts reached, or may have, and who was not left out since: each (channel,
// address) once, first told first.
std::vector<Recipient> told_of(Database& database, Family const& family);

// What is known of one address within a family.
struct Standing {
  std::optional<DeliveryId> unfinished;  // the latest planned or claimed
  bool told = false;                     // of an alert or update, surely or perhaps
  bool told_before = false;              // of another alert of the family than the one asked about
};
Standing standing_of(Database& database, Family const& family, AlertId alert,
                     ChannelName const& channel, std::string const& address);

}  // namespace siaga::journal
