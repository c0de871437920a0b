// incidents: what is wrong with the gateway itself, since when, and what to do.
//
// Place:  History -> INCIDENTS -> command line, console.
// Thread: any; pure.
// See:    contract, section 1, for the keys.
#pragma once

#include "gateway/ports/incident_journal.hpp"
#include "gateway/views/listing.hpp"

namespace siaga::views {

boost::json::object json_of(KeptIncident const& row, ZoneName const& zone);
Listing listing_of(std::vector<KeptIncident> const& rows, ZoneName const& zone);

}  // namespace siaga::views
