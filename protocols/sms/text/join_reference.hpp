// join_reference: the number that joins the parts of one message.
//
// Place:  SMPP and modem channel -> JOIN REFERENCE -> part headers. Pure.
// Rule:   the same for the parts of one try, another for the next: a phone never mixes two tries.
//         Of a narrow reference the lower octet counts.
#pragma once

#include "gateway/domain/message.hpp"

namespace siaga::sms {

inline std::uint16_t join_reference(Message const& message) {
  auto const mixed = (static_cast<std::uint64_t>(message.delivery.value) * 64 +
                      static_cast<std::uint64_t>(message.attempt)) *
                     0x9E3779B97F4A7C15ULL;
  return static_cast<std::uint16_t>(mixed >> 48);
}

}  // namespace siaga::sms
