#include "gateway/views/acknowledgements.hpp"

#include "gateway/views/json_words.hpp"
#include "gateway/views/times.hpp"

namespace siaga::views {
namespace json = boost::json;

namespace {

std::vector<Column> columns(ZoneName const& zone) {
  return {{"SEQ"},    {"ALERT"},     {"CODE"},           {"OFFICER"},
          {"ANSWER"}, {"VIA"},       {"EVIDENCE", true}, {heading_of("AT", zone)},
          {"AFTER"},  {"TEXT", true}};
}

std::vector<std::string> const keys = {"seq", "alert",    "code", "officer", "answer",
                                       "via", "evidence", "at",   "delay_s", "text"};

}  // namespace

json::object json_of(journal::AckRow const& row, ZoneName const& zone) {
  json::object object;
  object["seq"] = row.seq;
  object["alert"] = row.alert.value;
  object["code"] = row.code;
  object["officer"] = row.officer.value;
  object["answer"] = word(row.answer);
  object["via"] = word(row.via);
  object["evidence"] = word(row.evidence);
  object["at"] = stamp(row.at, zone);
  object["delay_s"] = static_cast<double>(row.delay.count()) / 1000.0;
  object["text"] = row.text;
  return object;
}

Listing listing_of(std::vector<journal::AckRow> const& rows, ZoneName const& zone) {
  Listing listing{columns(zone), {}, keys, {}, "nobody has answered"};
  for (auto const& row : rows) {
    listing.rows.push_back({std::to_string(row.seq), std::to_string(row.alert.value), row.code,
                            row.officer.value, std::string(to_word(row.answer)),
                            std::string(to_word(row.via)), std::string(to_word(row.evidence)),
                            cell_of(row.at, zone), shown(row.delay), row.text});
    listing.objects.push_back(json_of(row, zone));
  }
  return listing;
}

}  // namespace siaga::views
