#include "gateway/views/listing.hpp"

namespace siaga::views {

void write(std::ostream& out, Listing const& listing, std::string const& format) {
  if (format == "json") return write_json(out, listing.objects);
  if (format == "csv") return write_csv(out, listing.objects, listing.keys);
  if (listing.rows.empty())
    out << listing.none << '\n';
  else
    write_table(out, listing.columns, listing.rows);
}

}  // namespace siaga::views
