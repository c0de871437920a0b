// Pause: how long to stay away before the next connect attempt. Pure.
//
// Place:  link.
// Rule:   doubles from reconnect_min to reconnect_max; `spread` in [0, 1) takes up to half off, so
//         that gateways do not come back in step.
#pragma once

#include "protocols/mqtt/settings.hpp"

namespace siaga::mqtt {

// `failures` in a row so far, at least 1.
Settings::Duration pause_after(int failures, Settings const& settings, double spread);

}  // namespace siaga::mqtt
