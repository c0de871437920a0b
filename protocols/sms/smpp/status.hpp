// status: the meaning of an SMSC's status code for the message, the link and the people.
//
// Place:  Session -> STATUS -> Outbox, state_reason. Pure.
// See:    SMPP v3.4, 5.1.3 and v5.0, 4.7.6; the classes follow what carriers are known to do.
#pragma once

#include <string>

#include "protocols/sms/smpp/pdu.hpp"

namespace siaga::sms {

enum class SubmitClass {
  accepted,
  throttled,   // the whole bind pauses; the part goes back to the head of its queue
  link_fault,  // the network's trouble, the bind pauses; the message may be tried again
  retry,       // this message may be tried again
  permanent,   // never again in this form
};

SubmitClass class_of(Status status) noexcept;
// Wrong credentials or rights: trying again soon helps nobody.
bool is_configuration_fault(Status bind_answer) noexcept;
// "invalid destination address (0x0b)"
std::string text_of(Status status);

}  // namespace siaga::sms
