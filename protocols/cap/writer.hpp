// writer: an Alert as CAP 1.2 XML, or as the contract's JSON.
//
// Place:  cli `siaga alert --format cap`, tests; the readers' opposite.
// Thread: any; pure.
// Rule:   what was read is written again: both forms of one alert read as the same Alert. Times
//         keep their text; lists are joined by one space. Strip derefUri before forwarding to a
//         network.
// See:    CAP-v1.2 section 3.2; README.md of this folder, "JSON".
#pragma once

#include <string>

#include "gateway/domain/alert.hpp"

namespace siaga::cap {

std::string to_xml(Alert const& alert);
std::string to_json(Alert const& alert);

}  // namespace siaga::cap
