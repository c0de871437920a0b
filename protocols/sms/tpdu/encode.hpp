// encode: TPDU values to octets.
//
// Place:  modem channel -> ENCODE -> line -> AT+CMGS; a modem simulator's answers. Pure.
// Rule:   a value longer than its field is the caller's fault and stops the process: addresses come
//         from address_of, texts from submits_of.
// See:    3GPP TS 23.040, 9.2.2.
#pragma once

#include "protocols/sms/tpdu/tpdu.hpp"

namespace siaga::sms::tpdu {

std::string encode(Submit const& submit);
std::string encode(Deliver const& deliver);
std::string encode(StatusReport const& report);
std::string encode(Command const& command);

}  // namespace siaga::sms::tpdu
