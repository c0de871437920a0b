// deliveries: what was sent to whom, and what became of it.
//
// Place:  History -> DELIVERIES -> command line, console.
// Thread: any; pure.
// See:    contract, section 1, for the keys.
#pragma once

#include "gateway/journal/history/history.hpp"
#include "gateway/views/listing.hpp"

namespace siaga::views {

boost::json::object json_of(journal::DeliveryRow const& row, ZoneName const& zone);
Listing listing_of(std::vector<journal::DeliveryRow> const& rows, ZoneName const& zone);

}  // namespace siaga::views
