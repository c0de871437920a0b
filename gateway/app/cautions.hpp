// cautions: finds settings that work and are not careful: clear text beyond this machine, peers
// that nobody verifies, incidents that reach nobody. The loader finds secrets that others can read,
// and agencies without keys.
//
// Place:  load_configuration -> CAUTIONS -> `siaga check` and the first lines of `siaga run`.
// Thread: one thread; opens nothing.
// Rule:   one warning each, where the setting is written; never a refusal to start. A team or
//         channel of [incidents] that does not exist is an error, as it is in a policy.
#pragma once

#include <vector>

#include "config/settings.hpp"

namespace siaga {

std::vector<config::Problem> cautions(config::Settings const& settings);

}  // namespace siaga
