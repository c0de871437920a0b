// Listing: the same rows in every form somebody may ask for: a table, CSV, JSON.
//
// Place:  views/alerts, acknowledgements, refused, incidents, log -> LISTING -> command line.
// Thread: any; values.
// See:    contract, section 1, for the keys.
#pragma once

#include "gateway/domain/message.hpp"
#include "gateway/views/table.hpp"

namespace siaga::views {

struct Listing {
  std::vector<Column> columns;
  std::vector<Row> rows;
  std::vector<std::string> keys;
  std::vector<boost::json::object> objects;
  std::string none;  // said instead of an empty table
};

// `format`: json, csv; else a table.
void write(std::ostream& out, Listing const& listing, std::string const& format);

}  // namespace siaga::views
