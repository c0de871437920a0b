// alert_end: ends an alert; and lets go on what waited for one of its deliveries.
//
// Place:  references, cancel, acknowledge, expire -> ALERT END; record_attempt -> let_follow.
// Thread: store thread.
// Rules:  no alert or update of an ended alert begins after the commit: planned ones, and claims
//         that have not begun, are stopped. A message on the wire (InFlight) ends by itself and is
//         recorded when it ends.
#pragma once

#include "gateway/journal/changes/mailing.hpp"

namespace siaga::journal {

struct Ending {
  AlertId alert;
  AlertState state = AlertState::cancelled;
  DeliveryState unsent = DeliveryState::cancelled;  // what becomes of deliveries not begun
};

// How many deliveries it stopped, those never written out included.
std::size_t end_alert(Transaction& tx, Ending const& ending, InFlight const& sending, Moment now);

// How a delivery ended, as far as the address is concerned.
enum class Reached { yes, no };
// Lets what waited for `ended` go on, or drops it when there is nothing to take back; whether a
// lane has something new to claim.
bool let_follow(Transaction& tx, DeliveryId ended, Reached reached, UtcTime now);

}  // namespace siaga::journal
