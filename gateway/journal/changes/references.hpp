// references: the alerts an Update or a Cancel refers to.
//
// Place:  accept (Update), cancel (Cancel) -> REFERENCES -> alert_end.
// Thread: store thread.
// Rules:  only the agency that raised an alert, or one above it, may replace or cancel it, with a
//         message of the same status: an exercise never ends the real thing. A replaced alert
//         stands for what replaced it.
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

bool is_live(AlertState state);
// Ends the referred alerts in favour of `by`; what it stopped is in the log.
std::vector<AlertId> end_replaced(Transaction& tx, std::vector<Referred> const& old, AlertId by,
                                  InFlight const& sending, Moment now);

}  // namespace siaga::journal
