// first_octet: the flags every TPDU begins with.
//
// Place:  beneath TPDU encode and decode. Pure.
// See:    3GPP TS 23.040, 9.2.2.1 to 9.2.2.4, and 9.2.3.27 (parameter indicator).
#pragma once

#include <cstdint>

namespace siaga::sms::tpdu {

// TP-MTI; the same numbers mean one thing to a mobile and another from it.
inline constexpr unsigned message_type_mask = 0x03;
inline constexpr unsigned type_deliver = 0x00, type_submit_report = 0x01, type_status_report = 0x02;
inline constexpr unsigned type_submit = 0x01, type_command = 0x02;

inline constexpr unsigned no_more_bit = 0x04;            // to a mobile: 0 = more to come
inline constexpr unsigned reject_duplicates_bit = 0x04;  // SMS-SUBMIT
inline constexpr unsigned validity_format_shift = 3;     // SMS-SUBMIT, two bits
inline constexpr unsigned report_bit = 0x20;             // asked for, wanted, or about a command
inline constexpr unsigned header_bit = 0x40;
inline constexpr unsigned reply_path_bit = 0x80;

// TP-PI of a status report: what follows TP-ST.
inline constexpr unsigned has_protocol_id = 0x01, has_data_coding = 0x02, has_user_data = 0x04;
inline constexpr unsigned more_indicators = 0x80;

}  // namespace siaga::sms::tpdu
