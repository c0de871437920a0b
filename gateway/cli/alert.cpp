#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "gateway/base/visible.hpp"
#include "gateway/cli/answers.hpp"
#include "gateway/cli/exits.hpp"
#include "gateway/cli/json_row.hpp"
#include "gateway/cli/times.hpp"
#include "protocols/cap/writer.hpp"

namespace siaga::cli {
namespace json = boost::json;

namespace {

constexpr std::size_t text_columns = columns_max - 11;

std::vector<Column> delivery_columns(ZoneName const& zone) {
  return {{"DELIVERY"},    {"OFFICER"}, {"CHANNEL"}, {"WHAT"},
          {"STEP"},        {"STATE"},   {"TRIES"},   {heading_of("AT", zone)},
          {"REASON", true}};
}

std::vector<Column> timeline_columns(ZoneName const& zone) {
  return {{"SEQ"}, {heading_of("AT", zone)}, {"WHAT"}, {"DELIVERY"}, {"OFFICER"}, {"DETAIL", true}};
}

std::vector<std::string> const delivery_keys = {
    "id",    "officer",  "channel", "kind",   "step",
    "state", "attempts", "at",      "reason", "possible_duplicate"};

std::string id_text(std::int64_t id) {
  return id == 0 ? std::string() : std::to_string(id);
}

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

Row row_of(journal::LogRow const& row, ZoneName const& zone) {
  return {std::to_string(row.seq),     cell_of(row.at, zone), row.kind,
          id_text(row.delivery.value), row.officer.value,     row.detail};
}

void line(std::ostream& out, char const* name, std::string const& text) {
  if (text.empty()) return;
  out << name << std::string(11 - width(name), ' ') << plain(text, text_columns) << '\n';
}

void head(std::ostream& out, journal::AlertRow const& row, ZoneName const& zone) {
  line(
      out, "Alert",
      std::to_string(row.id.value) + "  code " + row.code + "  " + std::string(to_word(row.state)));
  line(out, "From", row.agency.value + ", " + row.sender);
  line(out, "Identifier", row.identifier);
  line(out, "What",
       std::string(to_word(row.status)) + " " + std::string(to_word(row.msg_type)) + ", " +
           std::string(to_word(row.severity)) + ": " + row.event);
  line(out, "Headline", row.headline);
  line(out, "Place", row.place);
  line(out, "Sent", shown(row.sent, zone));
  line(out, "Accepted", shown(row.accepted_at, zone));
  if (row.proof != "none") line(out, "Signature", row.proof);
  if (row.expires) line(out, "Expires", shown(*row.expires, zone));
  if (row.ended_at) line(out, "Ended", shown(*row.ended_at, zone));
  line(out, "Told",
       std::to_string(row.reached) + " of " + std::to_string(row.recipients) + " reached, " +
           std::to_string(row.accepted) + " accepted, " + std::to_string(row.declined) +
           " declined");
}

void part(std::ostream& out, char const* title, std::vector<Column> const& columns,
          std::vector<Row> const& rows, char const* none) {
  out << '\n' << title << '\n';
  if (rows.empty())
    out << none << '\n';
  else
    write_table(out, columns, rows);
}

void write_tables(Query const& query, journal::AlertDetail const& detail) {
  auto& out = query.terminal.out;
  head(out, detail.row, query.zone);
  std::vector<Row> rows;
  for (auto const& row : detail.deliveries) rows.push_back(row_of(row, query.zone));
  part(out, "Deliveries", delivery_columns(query.zone), rows, "none");
  auto const acks = answered_acks(detail.acknowledgements, query.zone);
  part(out, "Answers", acks.columns, acks.rows, acks.none.c_str());
  rows.clear();
  for (auto const& row : detail.timeline) rows.push_back(row_of(row, query.zone));
  part(out, "Timeline", timeline_columns(query.zone), rows, "none");
}

template <class Rows>
json::array array_of(Rows const& rows, ZoneName const& zone) {
  json::array array;
  for (auto const& row : rows) array.push_back(json_row(row, zone));
  return array;
}

void write_object(Query const& query, journal::AlertDetail const& detail) {
  auto object = json_row(detail.row, query.zone);
  object["deliveries"] = array_of(detail.deliveries, query.zone);
  object["acknowledgements"] = array_of(detail.acknowledgements, query.zone);
  object["timeline"] = array_of(detail.timeline, query.zone);
  query.terminal.out << json::serialize(object) << '\n';
}

// Two senders may use the same identifier.
int list_all(Query const& query, std::vector<journal::AlertRow> const& alerts) {
  if (query.format == "cap") {
    query.terminal.err << "siaga: " << plain(several(alerts)) << '\n';
    return exit_usage;
  }
  write(query, answered_alerts(alerts, query.zone));
  if (query.format == "table") query.terminal.out << plain(several(alerts)) << '\n';
  return exit_good;
}

}  // namespace

int answer_alert(Query const& query, std::string const& name) {
  auto const named = query.history.named(name);
  if (!named) return failed(query.terminal, named.error());
  if (named->size() > 1) return list_all(query, *named);
  auto const found = query.history.alert(std::to_string(named->front().id.value));
  if (!found) return failed(query.terminal, found.error());
  if (query.format == "json") {
    write_object(query, *found);
  } else if (query.format == "cap") {
    query.terminal.out << visible_xml(cap::to_xml(found->alert));
  } else if (query.format == "csv") {
    std::vector<json::object> rows;
    for (auto const& row : found->deliveries) rows.push_back(json_row(row, query.zone));
    write_csv(query.terminal.out, rows, delivery_keys);
  } else {
    write_tables(query, *found);
  }
  return exit_good;
}

int alert(QueryOptions const& options, Terminal const& terminal) {
  auto asked = options;
  asked.alert.clear();  // looked up below, once
  return ask(asked, terminal,
             [&](Query const& query) { return answer_alert(query, options.alert); });
}

}  // namespace siaga::cli
