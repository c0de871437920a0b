// cautions: what of a configuration works and is not careful: clear text beyond this machine, peers
// nobody verifies, incidents that reach nobody. Secrets that others can read and agencies without
// keys are the loader's to find.
//
// Place:  load_configuration -> CAUTIONS -> `siaga check` and the first lines of `siaga run`.
// Thread: one thread; opens nothing.
// Rule:   a warning each, where the setting is written; never a refusal to start. A team or channel
//         of [incidents] that there is not is an error, as it is in a policy.
#pragma once

#include <vector>

#include "config/settings.hpp"

namespace siaga {

std::vector<config::Problem> cautions(config::Settings const& settings);

}  // namespace siaga
