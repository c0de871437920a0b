// log: rows of the log.
//
// Place:  History -> LOG -> command line, console.
// Thread: any; pure.
// See:    contract, section 1, for the keys.
#pragma once

#include "gateway/journal/history/history.hpp"
#include "gateway/views/listing.hpp"

namespace siaga::views {

boost::json::object json_of(journal::LogRow const& row, ZoneName const& zone);
Listing listing_of(std::vector<journal::LogRow> const& rows, ZoneName const& zone);
// Of one alert: without its number in each line.
Listing timeline_of(std::vector<journal::LogRow> const& rows, ZoneName const& zone);

}  // namespace siaga::views
