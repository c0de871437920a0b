#include "gateway/views/log.hpp"

#include "gateway/base/digest.hpp"
#include "gateway/views/json_words.hpp"
#include "gateway/views/times.hpp"

namespace siaga::views {
namespace json = boost::json;

namespace {

std::vector<Column> columns(ZoneName const& zone) {
  return {{"SEQ"},     {heading_of("AT", zone)}, {"WHAT"}, {"ALERT"}, {"DELIVERY"},
          {"OFFICER"}, {"DETAIL", true}};
}

std::vector<std::string> const keys = {"seq",      "at",      "kind",  "alert",
                                       "delivery", "officer", "detail"};

std::vector<Column> timeline_columns(ZoneName const& zone) {
  return {{"SEQ"}, {heading_of("AT", zone)}, {"WHAT"}, {"DELIVERY"}, {"OFFICER"}, {"DETAIL", true}};
}

}  // namespace

json::object json_of(journal::LogRow const& row, ZoneName const& zone) {
  json::object object;
  object["seq"] = row.seq;
  object["at"] = stamp(row.at, zone);
  object["at_ms"] = row.at.time_since_epoch().count();
  object["kind"] = row.kind;
  object["alert"] = id_or_null(row.alert);
  object["delivery"] = id_or_null(row.delivery);
  object["officer"] = id_or_null(row.officer);
  object["detail"] = row.detail;
  object["leaf"] = to_hex(row.leaf);
  return object;
}

Listing listing_of(std::vector<journal::LogRow> const& rows, ZoneName const& zone) {
  Listing listing{columns(zone), {}, keys, {}, "no log rows"};
  for (auto const& row : rows) {
    listing.rows.push_back({std::to_string(row.seq), cell_of(row.at, zone), row.kind,
                            id_text(row.alert.value), id_text(row.delivery.value),
                            row.officer.value, row.detail});
    listing.objects.push_back(json_of(row, zone));
  }
  return listing;
}

Listing timeline_of(std::vector<journal::LogRow> const& rows, ZoneName const& zone) {
  Listing listing{timeline_columns(zone), {}, keys, {}, "none"};
  for (auto const& row : rows) {
    listing.rows.push_back({std::to_string(row.seq), cell_of(row.at, zone), row.kind,
                            id_text(row.delivery.value), row.officer.value, row.detail});
    listing.objects.push_back(json_of(row, zone));
  }
  return listing;
}

}  // namespace siaga::views
