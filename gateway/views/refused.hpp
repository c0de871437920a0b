// refused: messages that were refused, or wait: a line for each broken rule, so that all that was
// wrong with a message stands together.
//
// Place:  History -> REFUSED -> command line, console.
// Thread: any; pure.
// See:    contract, section 1, for the keys.
#pragma once

#include "gateway/journal/history/history.hpp"
#include "gateway/views/listing.hpp"

namespace siaga::views {

boost::json::object json_of(journal::RefusedRow const& row, ZoneName const& zone);
Listing listing_of(std::vector<journal::RefusedRow> const& rows, ZoneName const& zone);

}  // namespace siaga::views
