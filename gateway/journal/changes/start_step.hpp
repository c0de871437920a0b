// start_step: starts the next step of an escalation, which tells its people.
//
// Place:  escalator -> START STEP -> mailing.
// Thread: store thread.
// Rules:  a step starts once: a step at or before the escalation's place is refused, and so is one
//         of an ended alert. Officers who have accepted are not told again. A step that reaches
//         nobody is logged and told to the agency.
#pragma once

#include "gateway/journal/changes/alert_end.hpp"

namespace siaga::journal {

Result<StepStarted> start_step(Transaction& tx, StepStart const& step, Moment now);

}  // namespace siaga::journal
