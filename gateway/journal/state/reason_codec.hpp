// reason_codec: why a message was refused or held, as JSON in the store and as the rules alone in
// the log.
//
// Place:  changes write; history and hold read.
// Thread: pure.
// Privacy: the log carries neither values nor names a sender gave.
#pragma once

#include <string>
#include <vector>

#include "gateway/domain/command.hpp"

namespace siaga::journal {

std::string reasons_json(std::vector<Reason> const& reasons);
std::vector<Reason> reasons_in(std::string_view text);  // the way back; none when it is no JSON
// "rule@path rule@path": for the log, which must carry neither values nor names a sender gave.
std::string rules_of(std::vector<Reason> const& reasons);

}  // namespace siaga::journal
