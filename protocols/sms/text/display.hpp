// display: how a phone is asked to show a text: at once and without keeping it, or in the place of
// the text before it.
//
// Place:  SMPP's submit form and the modem's SMS-SUBMITs -> DISPLAY. Pure.
// Units:  a replace type is a protocol identifier, 0x41 to 0x47.
// See:    3GPP TS 23.038, 4 (message class 0); 3GPP TS 23.040, 9.2.3.9 (replace short message
//         type).
#pragma once

#include <cstdint>

#include "gateway/domain/message.hpp"

namespace siaga::sms {

// An alert or an update of one, not what ends it or is said beside it.
bool tells_of_an_alert(Message const& message);

// Only alerts and updates of priority life: a text that is not kept cannot be looked up again.
bool may_flash(Message const& message);

// An alert and its updates share a code, so they share a type too, and the newer text stands where
// the older one was. Phones keep one text for each of the seven types, and replace single texts
// only. 0 = the text stands for itself.
std::uint8_t replace_type(Message const& message, std::size_t parts);

}  // namespace siaga::sms
