// Json row: history rows with the keys other programs rely on; times in RFC 3339 with the gateway's
// offset.
//
// Place:  query commands -> JSON ROW -> table (JSON and CSV alike).
// Thread: any. Pure.
// See:    contract, section 1.
#pragma once

#include <boost/json/object.hpp>

#include "gateway/domain/message.hpp"
#include "gateway/journal/history/history.hpp"

namespace siaga::cli {

boost::json::object json_row(journal::AlertRow const& row, ZoneName const& zone);
boost::json::object json_row(journal::AckRow const& row, ZoneName const& zone);
boost::json::object json_row(journal::DeliveryRow const& row, ZoneName const& zone);
boost::json::object json_row(journal::RefusedRow const& row, ZoneName const& zone);
boost::json::object json_row(KeptIncident const& row, ZoneName const& zone);
boost::json::object json_row(journal::LogRow const& row, ZoneName const& zone);

}  // namespace siaga::cli
