// decode: octets to TPDU values. Strict: nothing past the end, no half a field; lenient only where
// networks are known to be (a time of zeros, a filler counted as a digit, header elements that do
// not add up, octets after the end).
//
// Place:  line -> DECODE -> modem channel; a modem simulator reads what it is sent. Pure.
// Errors: invalid_message says which field is wrong.
// Rule:   a message of a reserved type is read as SMS-DELIVER, as the standard asks.
// See:    3GPP TS 23.040, 9.2.2 and 9.2.3.1.
#pragma once

#include "protocols/sms/tpdu/tpdu.hpp"

namespace siaga::sms::tpdu {

[[nodiscard]] Result<Incoming> decode_incoming(Octets tpdu);  // as a mobile receives them
[[nodiscard]] Result<Outgoing> decode_outgoing(Octets tpdu);  // as a service centre does

}  // namespace siaga::sms::tpdu
