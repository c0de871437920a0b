// start_step: the next step of an escalation tells its people.
//
// Place:  escalator -> START STEP -> mailing.
// Thread: store thread.
// Rules:  a step starts once: one at or before the escalation's place is refused, as for an ended
//         alert. Who has accepted is not told again. A step that reaches nobody is logged and told
//         to the agency.
#pragma once

#include "gateway/journal/changes/alert_end.hpp"

namespace siaga::journal {

Result<StepStarted> start_step(Transaction& tx, StepStart const& step, Moment now);

}  // namespace siaga::journal
