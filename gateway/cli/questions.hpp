// Questions: what each query command answers, given a store; the part of a command that a test can
// drive by itself.
//
// Place:  ask() -> QUESTIONS -> standard output.
// Thread: main.
// See:    contract, section 1, for the keys.
#pragma once

#include "gateway/cli/question.hpp"

namespace siaga::cli {

int answer_alerts(Question const& question);
int answer_alert(Question const& question, std::string const& name);
int answer_acks(Question const& question);
int answer_refused(Question const& question);
int answer_incidents(Question const& question);
int answer_log(Question const& question);
int answer_verdict(Question const& question, journal::VerifyAids const& aids = {});

}  // namespace siaga::cli
