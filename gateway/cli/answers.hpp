// Answers: the answer to each question, given a store; the part of a query command that a test can
// drive by itself.
//
// Place:  ask() -> ANSWERS -> standard output.
// Thread: main.
// See:    contract, section 1, for the keys.
#pragma once

#include "gateway/cli/query.hpp"

namespace siaga::cli {

int answer_alerts(Query const& query);
int answer_alert(Query const& query, std::string const& name);
int answer_acks(Query const& query);
int answer_refused(Query const& query);
int answer_incidents(Query const& query);
int answer_log(Query const& query);
int answer_verdict(Query const& query, journal::VerifyAids const& aids = {});

// Alerts in one line each.
Answered answered_alerts(std::vector<journal::AlertRow> const& alerts, ZoneName const& zone);
// Acknowledgements as `acks` and `alert` both show them.
Answered answered_acks(std::vector<journal::AckRow> const& acks, ZoneName const& zone);

}  // namespace siaga::cli
