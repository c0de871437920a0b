// climbing: the steps of an alert's ladders, and the alerts whose time has passed.
//
// Place:  escalator -> start_step, open_ladders;  supervisor -> expire_due.
// Thread: store thread.
// Rules:  a step starts once: one at or before the ladder's place is refused, as for an ended
// alert.
//         Who has accepted is not told again. A step that reaches nobody is logged and told to the
//         agency.
#pragma once

#include "gateway/journal/changes/alert_end.hpp"

namespace siaga::journal {

Result<std::vector<LadderState>> open_ladders(Transaction& tx);
Result<StepStarted> start_step(Transaction& tx, StepStart const& step, Moment now);
std::vector<AlertId> expire_due(Transaction& tx, InFlight const& sending, Moment now);

}  // namespace siaga::journal
