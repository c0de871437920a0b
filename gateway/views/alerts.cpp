#include "gateway/views/alerts.hpp"

#include "gateway/views/json_words.hpp"
#include "gateway/views/times.hpp"

namespace siaga::views {
namespace json = boost::json;

namespace {

std::vector<Column> columns(ZoneName const& zone) {
  return {{"ALERT"},
          {"CODE"},
          {"STATE"},
          {"AGENCY"},
          {"SEVERITY"},
          {"EVENT", true},
          {heading_of("ACCEPTED", zone)},
          {"REACHED"},
          {"YES"},
          {"NO"}};
}

std::vector<std::string> const keys = {
    "alert",   "code",     "identifier", "sender",   "agency",   "state",   "status",
    "type",    "severity", "event",      "headline", "place",    "sent",    "accepted_at",
    "expires", "ended_at", "recipients", "reached",  "accepted", "declined"};

Row row_of(journal::AlertRow const& row, ZoneName const& zone) {
  auto event = row.status == Status::actual ? row.event
                                            : std::string(to_word(row.status)) + ": " + row.event;
  return {std::to_string(row.id.value),
          row.code,
          std::string(to_word(row.state)),
          row.agency.value,
          std::string(to_word(row.severity)),
          std::move(event),
          cell_of(row.accepted_at, zone),
          std::to_string(row.reached) + "/" + std::to_string(row.recipients),
          std::to_string(row.accepted),
          std::to_string(row.declined)};
}

}  // namespace

json::object json_of(journal::AlertRow const& row, ZoneName const& zone) {
  json::object object;
  object["alert"] = row.id.value;
  object["code"] = row.code;
  object["identifier"] = row.identifier;
  object["sender"] = row.sender;
  object["agency"] = row.agency.value;
  object["state"] = word(row.state);
  object["status"] = word(row.status);
  object["type"] = word(row.msg_type);
  object["severity"] = word(row.severity);
  object["event"] = row.event;
  object["headline"] = row.headline;
  object["place"] = row.place;
  object["sent"] = stamp(row.sent, zone);
  object["accepted_at"] = stamp(row.accepted_at, zone);
  object["expires"] = stamp(row.expires, zone);
  object["ended_at"] = stamp(row.ended_at, zone);
  object["signature"] = row.proof;
  object["recipients"] = row.recipients;
  object["reached"] = row.reached;
  object["accepted"] = row.accepted;
  object["declined"] = row.declined;
  return object;
}

Listing listing_of(std::vector<journal::AlertRow> const& rows, ZoneName const& zone) {
  Listing listing{columns(zone), {}, keys, {}, "no alerts"};
  for (auto const& row : rows) {
    listing.rows.push_back(row_of(row, zone));
    listing.objects.push_back(json_of(row, zone));
  }
  return listing;
}

}  // namespace siaga::views
