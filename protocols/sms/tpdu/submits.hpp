// submits: the SMS-SUBMITs that carry a text, one for each of its parts.
//
// Place:  segment -> SUBMITS -> encode -> AT+CMGS. Pure.
// Rule:   the text is segmented with Charset::gsm. Every part asks for its own status report, as
//         each arrives or is lost on its own.
// See:    3GPP TS 23.040, 9.2.2.2 and 9.2.3.24.1.
#pragma once

#include <vector>

#include "protocols/sms/text/segment.hpp"
#include "protocols/sms/tpdu/tpdu.hpp"

namespace siaga::sms::tpdu {

// How a class is written: beside the alphabet (0x10), or in the group of classes (0xF0).
enum class ClassGroup : std::uint8_t { general, classes };

struct SubmitRules {
  Address destination;
  std::uint16_t reference = 0;  // joins the parts; the lower octet unless Segments says wide
  Validity validity;
  std::optional<MessageClass> message_class;
  ClassGroup class_group = ClassGroup::general;
  std::uint8_t protocol_id = 0;
  bool status_report = true;
  bool reject_duplicates = false;
};

std::vector<Submit> submits_of(Segments const& segments, SubmitRules const& rules);

}  // namespace siaga::sms::tpdu
