// formats: the ways an agency may write an alert, as the flow sees them.
//
// Place:  registry -> FORMATS -> intake.
// Thread: any; each format is immutable.
// Errors: a Rejection with every problem found.
#pragma once

#include "gateway/ports/payload_format.hpp"
#include "protocols/cap/settings.hpp"

namespace siaga::cap {

std::unique_ptr<PayloadFormat> make_xml_format(Settings settings);      // "cap-xml"
std::unique_ptr<PayloadFormat> make_json_format(Settings settings);     // "cap-json"
std::unique_ptr<PayloadFormat> make_wrapper_format(Settings settings);  // "cap-wis2"

// All three; no payload is claimed by two of them.
Formats make_formats(Settings const& settings);

}  // namespace siaga::cap
