#include "gateway/app/rehearsal.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/exits.hpp"

namespace siaga::cli {

int check(std::string const& config_file, Strictness strict, Terminal const& terminal) {
  auto const loaded = load_configuration(config_file);
  terminal.out << report(loaded);
  bool const good = strict == Strictness::warnings ? loaded.problems.empty() : loaded.usable();
  return good ? exit_good : exit_bad_config;
}

}  // namespace siaga::cli
