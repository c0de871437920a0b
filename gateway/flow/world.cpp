#include "gateway/flow/world.hpp"

namespace siaga::flow {

std::string World::agency_name(AgencyId const& id) const {
  auto const* grant = grants.of(id);
  return grant != nullptr && !grant->agency_name.empty() ? grant->agency_name : id.value;
}

Hosts World::hosts_of(AgencyId const& id) const {
  auto const* grant = grants.of(id);
  return grant != nullptr ? grant->hosts : Hosts();
}

std::string World::officer_name(OfficerId const& id) const {
  auto const* officer = directory->officer(id);
  return officer != nullptr ? officer->name : id.value;
}

}  // namespace siaga::flow
