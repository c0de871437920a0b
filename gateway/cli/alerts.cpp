#include "gateway/cli/answers.hpp"
#include "gateway/cli/exits.hpp"
#include "gateway/cli/json_row.hpp"
#include "gateway/cli/times.hpp"

namespace siaga::cli {
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

Answered answered_alerts(std::vector<journal::AlertRow> const& alerts, ZoneName const& zone) {
  Answered answered{columns(zone), {}, keys, {}, "no alerts"};
  for (auto const& row : alerts) {
    answered.rows.push_back(row_of(row, zone));
    answered.objects.push_back(json_row(row, zone));
  }
  return answered;
}

int answer_alerts(Query const& query) {
  auto const found = query.history.alerts(query.filter);
  if (!found) return failed(query.terminal, found.error());
  auto answered = answered_alerts(*found, query.zone);
  if (query.filter.open_only) answered.none = "no open alerts";
  write(query, answered);
  return exit_good;
}

int alerts(QueryOptions const& options, Terminal const& terminal) {
  return ask(options, terminal, answer_alerts);
}

}  // namespace siaga::cli
