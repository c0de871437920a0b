// status: the meaning of a status report's TP-ST for the message.
//
// Place:  StatusReport -> STATUS -> Receipt. Pure.
// Rule:   of the completed ones only 0x00 says that the phone has the message: 0x01 was passed on
//         to a network that confirms nothing, 0x02 was replaced by a later text.
// See:    3GPP TS 23.040, 9.2.3.15.
#pragma once

#include <cstdint>
#include <string>

namespace siaga::sms::tpdu {

enum class StatusClass {
  completed,       // 0x00 to 0x1F
  trying,          // 0x20 to 0x3F: temporary, more reports follow
  failed,          // 0x40 to 0x5F: permanent
  stopped_trying,  // 0x60 to 0x7F: temporary, but no further attempt is made
  reserved,        // from 0x80
};

StatusClass class_of(std::uint8_t status) noexcept;
bool is_delivered(std::uint8_t status) noexcept;
bool is_final(std::uint8_t status) noexcept;  // no further report is to come
// "message validity period expired (0x46)"
std::string status_text(std::uint8_t status);

}  // namespace siaga::sms::tpdu
