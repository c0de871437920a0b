// exposure: finds out whether other users of this machine can enter the gateway's data folder.
//
// Place:  load_configuration -> EXPOSURE -> `siaga check`, and the daemon's log at its start. The
//         loader checks files with secrets, since it reads their names.
// Thread: main.
#pragma once

#include <vector>

#include "config/settings.hpp"

namespace siaga {

// A warning when the data directory, in which alerts, numbers and answers are kept, is open.
std::vector<config::Problem> exposed(config::Settings const& settings);

}  // namespace siaga
