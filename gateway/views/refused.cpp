#include "gateway/views/refused.hpp"

#include "gateway/views/json_words.hpp"
#include "gateway/views/times.hpp"

namespace siaga::views {
namespace json = boost::json;

namespace {

std::vector<Column> columns(ZoneName const& zone) {
  return {{"INBOX"},  {heading_of("RECEIVED", zone)},
          {"AGENCY"}, {"DECISION"},
          {"BYTES"},  {"RULE"},
          {"WHERE"},  {"WHY", true}};
}

// How long the payload was, and how much of it there is: "812", "1048576 cut", "77 dropped".
std::string payload_of(journal::RefusedRow const& row) {
  auto const bytes = std::to_string(row.bytes);
  return row.kept == Kept::whole ? bytes : bytes + " " + std::string(to_word(row.kept));
}

std::vector<std::string> const keys = {"inbox",   "agency", "received_at", "decision",
                                       "reasons", "bytes",  "payload"};

}  // namespace

json::object json_of(journal::RefusedRow const& row, ZoneName const& zone) {
  json::object object;
  object["inbox"] = row.inbox.value;
  object["agency"] = row.agency.value;
  object["received_at"] = stamp(row.received_at, zone);
  object["decision"] = word(row.decision);
  json::array reasons;
  for (auto const& reason : row.reasons)
    reasons.push_back({{"path", reason.path}, {"rule", reason.rule}, {"text", reason.text}});
  object["reasons"] = std::move(reasons);
  object["bytes"] = row.bytes;
  object["payload"] = word(row.kept);
  return object;
}

Listing listing_of(std::vector<journal::RefusedRow> const& rows, ZoneName const& zone) {
  Listing listing{columns(zone), {}, keys, {}, "no message was refused or waits"};
  for (auto const& row : rows) {
    for (auto const& reason : row.reasons)
      listing.rows.push_back({std::to_string(row.inbox.value), cell_of(row.received_at, zone),
                              row.agency.value, std::string(to_word(row.decision)), payload_of(row),
                              reason.rule, reason.path, reason.text});
    listing.objects.push_back(json_of(row, zone));
  }
  return listing;
}

}  // namespace siaga::views
