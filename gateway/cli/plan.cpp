#include "gateway/domain/plan.hpp"
#include "gateway/base/visible.hpp"

#include "gateway/app/gateway.hpp"
#include "gateway/app/registry.hpp"
#include "gateway/app/rehearsal.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/exits.hpp"
#include "gateway/cli/files.hpp"
#include "gateway/cli/plan_text.hpp"
#include "gateway/cli/times.hpp"
#include "gateway/flow/reach.hpp"
#include "gateway/views/table.hpp"

namespace siaga::cli {
namespace {

Judged<Command> decoded(config::Settings const& settings, std::string const& payload) {
  for (auto const& format : formats(settings))
    if (format->takes("", payload)) return format->decode(payload);
  return Rejection(
      Reason{"", "cap.format", "the file is neither CAP XML nor JSON: begin with '<' or '{'"});
}

// The agency named, else the only one that may use the alert's sender.
Result<AgencyId> agency_of(config::Settings const& settings, std::string const& named,
                           std::string const& sender) {
  auto const& grants = settings.grants.by_agency;
  if (!named.empty()) {
    if (grants.contains(AgencyId(named))) return AgencyId(named);
    return Error(Errc::not_found, "there is no agency '" + named + "' in " + settings.file);
  }
  std::vector<AgencyId> may;
  for (auto const& [id, grant] : grants)
    if (std::ranges::find(grant.senders, sender) != grant.senders.end()) may.push_back(id);
  if (may.size() == 1) return may.front();
  return Error(Errc::not_found,
               std::string(may.empty() ? "no agency has" : "several agencies have") +
                   " the sender '" + sender + "': say which one speaks with --agency ID");
}

void tell(std::ostream& out, Rejection const& rejection) {
  for (auto const& reason : rejection.reasons)
    out << "  " << (reason.path.empty() ? "" : views::plain(reason.path) + ": ")
        << views::plain(reason.text) << " [" << reason.rule << "]\n";
}

int rejected(Terminal const& terminal, Rejection const& rejection) {
  terminal.out << "This alert would be REJECTED:\n";
  tell(terminal.out, rejection);
  return exit_bad_alert;
}

int planned(config::Settings const& settings, Command const& command, AgencyId const& agency,
            Terminal const& terminal) {
  auto const& alert = alert_of(command);
  PlanText text(settings, alert, agency, terminal.out);
  text.head(command, terminal.now);
  if (std::holds_alternative<NoteMessage>(command)) {
    terminal.out << "It would be kept in the log and tell nobody.\n";
    return exit_good;
  }
  if (std::holds_alternative<CancelAlert>(command)) {
    terminal.out << "It would end the alerts it refers to, and tell exactly those they reached.\n";
    return exit_good;
  }
  auto const world = world_of(settings);
  auto const made = plan(agency, alert, *world->directory, world->routing, world->paths);
  if (auto const why = flow::reaches_nobody(made, alert, *world)) return rejected(terminal, *why);
  if (auto const why = flow::reaches_too_many(agency, made, alert, *world)) {
    terminal.out << "This alert would be HELD, and sent to nobody until the limit is raised:\n";
    tell(terminal.out, *why);
  }
  Rehearsal const rehearsal(settings);
  for (auto const& ladder : made.ladders) text.ladder(ladder, world->paths, rehearsal);
  return exit_good;
}

}  // namespace

int plan(PlanOptions const& options, Terminal const& terminal) {
  auto const loaded = load_configuration(options.config_file);
  for (auto const& problem : loaded.problems)
    if (!loaded.usable()) terminal.err << problem.text() << '\n';
  if (!loaded.usable()) return exit_bad_config;
  auto const& settings = loaded.settings;
  auto at = std::optional<UtcTime>(terminal.now);
  if (!options.at.empty()) at = read_time(options.at, terminal.now, settings.zone);
  if (!at) {
    terminal.err << "siaga: --at '" << views::plain(options.at) << "' is no time: " << time_forms
                 << '\n';
    return exit_usage;
  }
  auto const payload = read_alert_file(options.alert_file);
  if (!payload) {
    terminal.err << "siaga: " << visible(payload.error().text()) << '\n';
    return exit_unknown;
  }
  auto command = decoded(settings, *payload);
  if (!command) return rejected(terminal, command.error());
  auto const agency = agency_of(settings, options.agency, alert_of(*command).sender);
  if (!agency) {
    terminal.err << "siaga: " << agency.error().detail << '\n';
    return exit_usage;
  }
  auto fresh = freshness(settings)(std::move(*command), *at);
  if (!fresh) return rejected(terminal, fresh.error());
  auto const authorised = authorise(settings.grants, *agency, std::move(*fresh), *at);
  if (!authorised) return rejected(terminal, authorised.error());
  return planned(settings, authorised->command(), *agency, {terminal.out, terminal.err, *at});
}

}  // namespace siaga::cli
