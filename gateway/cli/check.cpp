#include "gateway/cli/commands.hpp"
#include "gateway/cli/exits.hpp"
#include "gateway/rehearsal.hpp"

namespace siaga::cli {
namespace {

std::string counted(std::size_t count, std::string const& one) {
  return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

}  // namespace

int check(std::string const& config_file, Terminal const& terminal) {
  auto const loaded = load_configuration(config_file);
  std::size_t errors = 0;
  for (auto const& problem : loaded.problems) {
    terminal.out << problem.text() << '\n';
    errors += problem.warning ? 0 : 1;
  }
  auto const warnings = loaded.problems.size() - errors;
  if (!loaded.usable()) {
    terminal.out << config_file << ": " << counted(errors, "error") << ", "
                 << counted(warnings, "warning") << '\n';
    return exit_bad_config;
  }
  auto const& settings = loaded.settings;
  terminal.out << config_file << ": good";
  if (warnings > 0) terminal.out << ", " << counted(warnings, "warning");
  terminal.out << "; " << counted(settings.channels.size(), "channel") << ", "
               << settings.grants.by_agency.size() << " agencies, "
               << counted(settings.directory->officers().size(), "officer") << ", "
               << counted(settings.routing.routes.size(), "route") << "; sha256 " << settings.hash
               << '\n';
  return exit_good;
}

}  // namespace siaga::cli
