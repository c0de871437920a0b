#include "config/reference.hpp"

#include "gateway/app/registry.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/example_values.hpp"
#include "gateway/cli/exits.hpp"

namespace siaga::cli {

int reference(ReferencePart part, Terminal const& terminal) {
  switch (part) {
    case ReferencePart::keys:
      terminal.out << config::reference(schema());
      break;
    case ReferencePart::example:
      terminal.out << config::example(schema(), example_values());
      break;
    case ReferencePart::directory:
      terminal.out << example_directory();
      break;
  }
  return exit_good;
}

}  // namespace siaga::cli
