// exposure: what of the gateway's own other users of this machine can get at.
//
// Place:  load_configuration -> EXPOSURE -> `siaga check`, and the daemon's log at its start. Files
//         with secrets are the loader's, which reads their names.
// Thread: main.
#pragma once

#include <vector>

#include "config/settings.hpp"

namespace siaga {

// A warning when the data directory, in which alerts, numbers and answers are kept, is open.
std::vector<config::Problem> exposed(config::Settings const& settings);

}  // namespace siaga
