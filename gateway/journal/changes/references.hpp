// succession: an Update or a Cancel reaches back to the alerts it refers to.
//
// Place:  intake (Update), cancel_alert (Cancel) -> SUCCESSION -> ending, planning.
// Thread: store thread.
// Rules:  only the agency that raised an alert may replace or cancel it, with a message of the same
//         status: an exercise never ends the real thing. A replaced alert stands for what replaced
//         it. Exactly those reached are told, by the path they were reached on, and never before
//         the message they are told about. A Cancel or Update of something unknown is remembered
//         and applied when it comes.
#pragma once

#include "gateway/journal/changes/alert_end.hpp"
#include "gateway/journal/changes/decision.hpp"

namespace siaga::journal {

struct Referred {
  AlertId id;
  AlertId family;
  AlertState state = AlertState::open;
  std::string identifier;
  Priority priority = Priority::normal;
  std::optional<UtcTime> expires;
};

struct References {
  std::vector<Referred> known;
  std::vector<Reference> unknown;
  std::optional<Reason> refusal;  // one of them is not this message's to change
};
References resolve_references(Transaction& tx, Arrival const& arrival);

// Ends the referred alerts in favour of `by`; what it stopped is in the log.
std::vector<AlertId> end_replaced(Transaction& tx, std::vector<Referred> const& old, AlertId by,
                                  InFlight const& sending, Moment now);

// A Cancel or Update that came before what it refers to ends it when it comes.
struct PendingEnd {
  AlertId replaced_by;  // empty = cancelled
};
void remember_end(Transaction& tx, Reference const& reference, Arrival const& arrival,
                  AlertId replaced_by);
// The one that came before this message, from somebody who may change it. It is used up.
std::optional<PendingEnd> take_pending_end(Transaction& tx, Arrival const& arrival);

Result<Accepted> cancel_alert(Transaction& tx, InboxId from, AuthorisedCommand const& command,
                              InFlight const& sending, Moment now);

}  // namespace siaga::journal
