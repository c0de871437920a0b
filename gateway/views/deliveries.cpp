#include "gateway/views/deliveries.hpp"

#include "gateway/views/json_words.hpp"
#include "gateway/views/times.hpp"

namespace siaga::views {
namespace json = boost::json;

namespace {

std::vector<Column> columns(ZoneName const& zone) {
  return {{"DELIVERY"},    {"OFFICER"}, {"CHANNEL"}, {"WHAT"},
          {"STEP"},        {"STATE"},   {"TRIES"},   {heading_of("AT", zone)},
          {"REASON", true}};
}

std::vector<std::string> const keys = {
    "id",    "officer",  "channel", "kind",   "step",
    "state", "attempts", "at",      "reason", "possible_duplicate"};

Row row_of(journal::DeliveryRow const& row, ZoneName const& zone) {
  auto reason = row.reason;
  if (row.possible_duplicate) reason += reason.empty() ? "possibly twice" : "; possibly twice";
  return {std::to_string(row.id.value),
          row.officer.empty() ? "(all who listen)" : row.officer.value,
          row.channel.value,
          std::string(to_word(row.kind)),
          std::to_string(row.step + 1),
          std::string(to_word(row.state)),
          std::to_string(row.attempts),
          cell_of(row.at, zone),
          std::move(reason)};
}

}  // namespace

json::object json_of(journal::DeliveryRow const& row, ZoneName const& zone) {
  json::object object;
  object["id"] = row.id.value;
  object["officer"] = id_or_null(row.officer);
  object["channel"] = row.channel.value;
  object["kind"] = word(row.kind);
  object["step"] = row.step + 1;
  object["state"] = word(row.state);
  object["attempts"] = row.attempts;
  object["at"] = stamp(row.at, zone);
  object["reason"] = row.reason;
  object["possible_duplicate"] = row.possible_duplicate;
  return object;
}

Listing listing_of(std::vector<journal::DeliveryRow> const& rows, ZoneName const& zone) {
  Listing listing{columns(zone), {}, keys, {}, "none"};
  for (auto const& row : rows) {
    listing.rows.push_back(row_of(row, zone));
    listing.objects.push_back(json_of(row, zone));
  }
  return listing;
}

}  // namespace siaga::views
