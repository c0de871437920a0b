// acknowledgements: the answers of officers.
//
// Place:  History -> ACKNOWLEDGEMENTS -> command line, console.
// Thread: any; pure.
// See:    contract, section 1, for the keys.
#pragma once

#include "gateway/journal/history/history.hpp"
#include "gateway/views/listing.hpp"

namespace siaga::views {

boost::json::object json_of(journal::AckRow const& row, ZoneName const& zone);
Listing listing_of(std::vector<journal::AckRow> const& rows, ZoneName const& zone);

}  // namespace siaga::views
