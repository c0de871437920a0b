// UserData: the text of a TPDU: its octets, and the header before them.
//
// Place:  TP-DCS, TP-UDL and TP-UD of every TPDU that has them; to Reassembly as CodedText. Pure.
// Units:  `text` holds one septet an octet for GSM 7-bit, else the octets themselves. Header and
//         text together fill at most 140 octets on air, which are 160 septets.
// Errors: invalid_message for user data that is cut short, too long, or shorter than its header. A
//         header whose elements do not add up is to be ignored, and its text still read.
// See:    3GPP TS 23.040, 9.2.3.16 (length) and 9.2.3.24.
#pragma once

#include <optional>
#include <string>

#include "protocols/sms/text/user_data.hpp"
#include "protocols/sms/tpdu/data_coding.hpp"
#include "protocols/sms/tpdu/octet_reader.hpp"

namespace siaga::sms::tpdu {

struct UserData {
  std::uint8_t data_coding = 0;  // TP-DCS
  std::string header;            // with its length octet; empty when there is none
  std::string text;

  bool operator==(UserData const&) const = default;
};

// Where it belongs in a longer message; none for a message of one part.
std::optional<Joined> joined_of(UserData const& data);
// To be read by text_of with Charset::gsm, alone or with the other parts.
CodedText coded_text_of(UserData const& data);

// TP-UDL and TP-UD. What does not fit is the caller's fault and stops the process.
void append(std::string& out, UserData const& data);
// TP-UDL and TP-UD; TP-DCS has been read.
[[nodiscard]] Result<UserData> read_user_data(OctetReader& reader, std::uint8_t data_coding,
                                              bool has_header);

}  // namespace siaga::sms::tpdu
