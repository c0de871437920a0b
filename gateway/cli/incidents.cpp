#include "gateway/cli/answers.hpp"
#include "gateway/cli/exits.hpp"
#include "gateway/cli/json_row.hpp"
#include "gateway/cli/times.hpp"

namespace siaga::cli {
namespace {

std::vector<Column> columns_of_incidents(ZoneName const& zone) {
  return {{heading_of("SINCE", zone)},
          {"STATE"},
          {"KIND"},
          {"ABOUT"},
          {"TIMES"},
          {"WHY", true},
          {"WHAT", true},
          {"TO DO", true}};
}

std::vector<std::string> const incident_keys = {
    "kind", "about", "state", "since", "last", "ended", "count", "told", "detail", "text", "do"};

}  // namespace

int answer_incidents(Query const& query) {
  auto const found = query.history.incidents(query.filter);
  if (!found) return failed(query.terminal, found.error());
  Answered answered{columns_of_incidents(query.zone),
                    {},
                    incident_keys,
                    {},
                    query.filter.open_only ? "nothing is wrong with the gateway now"
                                           : "nothing has gone wrong with the gateway"};
  for (auto const& row : *found) {
    auto const& words = words_of(row.kind);
    answered.rows.push_back({cell_of(row.since, query.zone), row.ended ? "ended" : "open",
                             std::string(to_word(row.kind)), row.about, std::to_string(row.count),
                             row.detail, std::string(incident_what(words.en)),
                             std::string(incident_to_do(words.en))});
    answered.objects.push_back(json_row(row, query.zone));
  }
  write(query, answered);
  return exit_good;
}

int incidents(QueryOptions const& options, Terminal const& terminal) {
  return ask(options, terminal, answer_incidents);
}

}  // namespace siaga::cli
