#include "gateway/views/incidents.hpp"

#include "gateway/views/json_words.hpp"
#include "gateway/views/times.hpp"

namespace siaga::views {
namespace json = boost::json;

namespace {

std::vector<Column> columns(ZoneName const& zone) {
  return {{heading_of("SINCE", zone)},
          {"STATE"},
          {"KIND"},
          {"ABOUT"},
          {"TIMES"},
          {"WHY", true},
          {"WHAT", true},
          {"TO DO", true}};
}

std::vector<std::string> const keys = {"kind",  "about", "state",  "since", "last", "ended",
                                       "count", "told",  "detail", "text",  "do"};

}  // namespace

json::object json_of(KeptIncident const& row, ZoneName const& zone) {
  auto const& words = words_of(row.kind);
  auto const both = [](std::string_view id, std::string_view en) {
    return json::object{{"id", json::string(id)}, {"en", json::string(en)}};
  };
  json::object object;
  object["kind"] = word(row.kind);
  object["about"] = row.about;
  object["state"] = row.ended ? "ended" : "open";
  object["since"] = stamp(row.since, zone);
  object["last"] = stamp(row.last, zone);
  object["ended"] = nullptr;
  if (row.ended) object["ended"] = stamp(*row.ended, zone);
  object["count"] = row.count;
  object["told"] = row.told;
  object["detail"] = row.detail;
  object["text"] = both(incident_what(words.id), incident_what(words.en));
  object["do"] = both(incident_to_do(words.id), incident_to_do(words.en));
  return object;
}

Listing listing_of(std::vector<KeptIncident> const& rows, ZoneName const& zone) {
  Listing listing{columns(zone), {}, keys, {}, "nothing has gone wrong with the gateway"};
  for (auto const& row : rows) {
    auto const& words = words_of(row.kind);
    listing.rows.push_back({cell_of(row.since, zone), row.ended ? "ended" : "open",
                            std::string(to_word(row.kind)), row.about, std::to_string(row.count),
                            row.detail, std::string(incident_what(words.en)),
                            std::string(incident_to_do(words.en))});
    listing.objects.push_back(json_of(row, zone));
  }
  return listing;
}

}  // namespace siaga::views
