// operations: query_sm, cancel_sm and replace_sm, answered from what became of each message.
//
// Place:  Connection -> OPERATIONS -> Smsc.
// Rule:   what is still en route may be cancelled or replaced; 0x0c when there is no such message.
#pragma once

#include <optional>
#include <string>

#include "protocols/sms/smpp/pdu.hpp"

namespace siaga::smsc {

class Smsc;

// The PDU to answer with; nothing when the command is none of the three.
std::optional<std::string> answer_operation(sms::Pdu const& pdu, Smsc& smsc);

}  // namespace siaga::smsc
