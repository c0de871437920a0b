#include "gateway/cli/question.hpp"

#include "gateway/base/visible.hpp"
#include "gateway/cli/exits.hpp"
#include "gateway/cli/times.hpp"
#include "gateway/journal/store/open.hpp"

namespace siaga::cli {

int failed(Terminal const& terminal, Error const& error) {
  terminal.err << "siaga: " << visible(error.text()) << '\n';
  if (error.is(Errc::storage_corrupt)) return exit_tampered;
  if (error.is(Errc::not_found) || error.is(Errc::file_unreadable)) return exit_unknown;
  return exit_store_failed;
}

int refuse_configuration(config::Loaded const& loaded, Terminal const& terminal) {
  for (auto const& problem : loaded.problems)
    if (!problem.warning) terminal.err << problem.text() << '\n';
  return exit_bad_config;
}

std::string several(std::vector<journal::AlertRow> const& alerts) {
  std::string text = std::to_string(alerts.size()) + " alerts have the identifier " +
                     alerts.front().identifier + "; name one by its number:";
  for (auto const& alert : alerts)
    text += " " + std::to_string(alert.id.value) + " (" + alert.agency.value + ")";
  return text;
}

int ask(QueryOptions const& options, Terminal const& terminal, Answering const& answer) {
  auto const loaded = config::load_gateway(options.config_file);
  if (!loaded.usable()) return refuse_configuration(loaded, terminal);
  auto const& settings = loaded.settings;
  journal::HistoryFilter filter;
  filter.open_only = options.open_only;
  if (!options.officer.empty()) filter.officer = OfficerId(options.officer);
  if (!options.since.empty()) {
    filter.since = read_time(options.since, terminal.now, settings.zone);
    if (!filter.since) {
      terminal.err << "siaga: --since '" << views::plain(options.since)
                   << "' is no time: " << time_forms << '\n';
      return exit_usage;
    }
  }
  auto history = journal::open_history(settings.gateway.data_dir);
  if (!history) return failed(terminal, history.error());
  if (!options.alert.empty()) {
    auto const found = (*history)->named(options.alert);
    if (!found) return failed(terminal, found.error());
    if (found->size() > 1) {
      terminal.err << "siaga: " << views::plain(several(*found)) << '\n';
      return exit_usage;
    }
    filter.alert = found->front().id;
  }
  return answer({**history, filter, options.format, settings.zone, terminal});
}

void write(Question const& question, views::Listing const& listing) {
  views::write(question.terminal.out, listing, question.format);
}

}  // namespace siaga::cli
