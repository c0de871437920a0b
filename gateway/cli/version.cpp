#include "gateway/app/version.hpp"

#include "gateway/cli/commands.hpp"
#include "gateway/cli/exits.hpp"

namespace siaga::cli {

int version(Terminal const& terminal) {
  terminal.out << "siaga " << siaga::version << '\n';
  return exit_good;
}

}  // namespace siaga::cli
