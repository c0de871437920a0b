#include "gateway/cli/answers.hpp"
#include "gateway/cli/exits.hpp"
#include "gateway/cli/json_row.hpp"
#include "gateway/cli/times.hpp"

namespace siaga::cli {
namespace {

std::vector<Column> columns(ZoneName const& zone) {
  return {{"SEQ"},    {"ALERT"},     {"CODE"},           {"OFFICER"},
          {"ANSWER"}, {"VIA"},       {"EVIDENCE", true}, {heading_of("AT", zone)},
          {"AFTER"},  {"TEXT", true}};
}

std::vector<std::string> const keys = {"seq", "alert",    "code", "officer", "answer",
                                       "via", "evidence", "at",   "delay_s", "text"};

}  // namespace

Answered answered_acks(std::vector<journal::AckRow> const& acks, ZoneName const& zone) {
  Answered answered{columns(zone), {}, keys, {}, "nobody has answered"};
  for (auto const& ack : acks) {
    answered.rows.push_back({std::to_string(ack.seq), std::to_string(ack.alert.value), ack.code,
                             ack.officer.value, std::string(to_word(ack.answer)),
                             std::string(to_word(ack.via)), std::string(to_word(ack.evidence)),
                             cell_of(ack.at, zone), shown(ack.delay), ack.text});
    answered.objects.push_back(json_row(ack, zone));
  }
  return answered;
}

int answer_acks(Query const& query) {
  auto const found = query.history.acks(query.filter);
  if (!found) return failed(query.terminal, found.error());
  write(query, answered_acks(*found, query.zone));
  return exit_good;
}

int acks(QueryOptions const& options, Terminal const& terminal) {
  return ask(options, terminal, answer_acks);
}

}  // namespace siaga::cli
