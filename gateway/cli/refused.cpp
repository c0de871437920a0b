#include "gateway/cli/answers.hpp"
#include "gateway/cli/exits.hpp"
#include "gateway/cli/json_row.hpp"
#include "gateway/cli/times.hpp"

namespace siaga::cli {
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

// A line per broken rule: all that was wrong with a message stands together.
int answer_refused(Query const& query) {
  auto const found = query.history.refused(query.filter);
  if (!found) return failed(query.terminal, found.error());
  Answered answered{columns(query.zone), {}, keys, {}, "no message was refused or waits"};
  for (auto const& row : *found) {
    for (auto const& reason : row.reasons)
      answered.rows.push_back({std::to_string(row.inbox.value),
                               cell_of(row.received_at, query.zone), row.agency.value,
                               std::string(to_word(row.decision)), payload_of(row), reason.rule,
                               reason.path, reason.text});
    answered.objects.push_back(json_row(row, query.zone));
  }
  write(query, answered);
  return exit_good;
}

int refused(QueryOptions const& options, Terminal const& terminal) {
  return ask(options, terminal, answer_refused);
}

}  // namespace siaga::cli
