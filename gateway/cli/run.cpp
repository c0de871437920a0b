#include "gateway/app/run.hpp"
#include "gateway/cli/commands.hpp"

namespace siaga::cli {

int run(std::string const& config_file) {
  return run_app(config_file);
}

}  // namespace siaga::cli
