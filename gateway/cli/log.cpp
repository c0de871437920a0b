#include "gateway/cli/answers.hpp"
#include "gateway/cli/exits.hpp"
#include "gateway/cli/json_row.hpp"
#include "gateway/cli/times.hpp"

namespace siaga::cli {
namespace {

std::vector<Column> columns(ZoneName const& zone) {
  return {{"SEQ"},     {heading_of("AT", zone)}, {"WHAT"}, {"ALERT"}, {"DELIVERY"},
          {"OFFICER"}, {"DETAIL", true}};
}

std::vector<std::string> const keys = {"seq",      "at",      "kind",  "alert",
                                       "delivery", "officer", "detail"};

std::string id_text(std::int64_t id) {
  return id == 0 ? std::string() : std::to_string(id);
}

boost::json::object object_of(journal::Verdict const& verdict) {
  boost::json::object object;
  object["whole"] = verdict.whole;
  object["rows"] = verdict.rows;
  object["checkpoints"] = verdict.checkpoints;
  object["first_bad_row"] =
      verdict.whole ? boost::json::value(nullptr) : boost::json::value(verdict.first_bad_row);
  object["why"] = verdict.why;
  object["root"] = verdict.root;
  return object;
}

}  // namespace

int answer_log(Query const& query) {
  auto const found = query.history.log(query.filter);
  if (!found) return failed(query.terminal, found.error());
  Answered answered{columns(query.zone), {}, keys, {}, "no log rows"};
  for (auto const& row : *found) {
    answered.rows.push_back({std::to_string(row.seq), cell_of(row.at, query.zone), row.kind,
                             id_text(row.alert.value), id_text(row.delivery.value),
                             row.officer.value, row.detail});
    answered.objects.push_back(json_row(row, query.zone));
  }
  write(query, answered);
  return exit_good;
}

int answer_verdict(Query const& query) {
  auto const verdict = query.history.verify();
  if (!verdict) return failed(query.terminal, verdict.error());
  auto& out = query.terminal.out;
  if (query.format == "json") {
    write_json(out, {object_of(*verdict)});
  } else if (verdict->whole) {
    out << "the log is whole: " << verdict->rows << " rows, " << verdict->checkpoints
        << " checkpoints, root " << verdict->root << '\n';
  } else {
    out << "THE LOG WAS TAMPERED WITH: first bad row " << verdict->first_bad_row << " of "
        << verdict->rows << ", " << plain(verdict->why)
        << "\nKeep a copy of the data folder as it is, and compare with the checkpoints published "
           "on siaga/log.\n";
  }
  return verdict->whole ? exit_good : exit_tampered;
}

int log_show(QueryOptions const& options, Terminal const& terminal) {
  return ask(options, terminal, answer_log);
}

int log_verify(QueryOptions const& options, Terminal const& terminal) {
  return ask(options, terminal, answer_verdict);
}

}  // namespace siaga::cli
