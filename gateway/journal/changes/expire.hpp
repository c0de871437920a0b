// expire: alerts whose time has passed end; what need not be remembered any longer goes.
//
// Place:  supervisor -> EXPIRE -> alert_end.
// Thread: store thread.
#pragma once

#include "gateway/journal/changes/alert_end.hpp"

namespace siaga::journal {

std::vector<AlertId> expire_due(Transaction& tx, InFlight const& sending, Moment now);

}  // namespace siaga::journal
