// SubmitForm: how one link wants a text handed over: how its parts are joined, whether it flashes,
// whether it may replace the text before. Carriers differ in all of this.
//
// Place:  Segments and Message -> SUBMIT FORM -> Submission -> Outbox. Pure.
// Units:  `text` and `options` are octets as they stand in submit_sm.
// See:    SMPP v3.4, 5.2.9 (protocol_id), 5.2.12 (esm_class), 5.2.19 (data_coding), 5.3.2.1
//         (dest_addr_subunit), 5.3.2.22-24 (sar_*), 5.3.2.32 (message_payload); 3GPP TS 23.038, 4
//         (message class) and 23.040, 9.2.3.9 (replace short message type).
#pragma once

#include <string>
#include <vector>

#include "gateway/domain/message.hpp"
#include "protocols/sms/text/display.hpp"
#include "protocols/sms/text/segment.hpp"

namespace siaga::sms {

enum class Joining {
  header,   // a user data header in each part: what every carrier takes
  options,  // sar_msg_ref_num, sar_total_segments, sar_segment_seqnum
  payload,  // one submit with the whole text in message_payload; the carrier cuts it
};
enum class Flash {
  off,
  coding,  // a class in the general group of data_coding: 0x10, 0x18
  group,   // the group of classes, 0xF0; it has no UCS-2, which keeps 0x18
  option,  // dest_addr_subunit
};

struct SubmitForm {
  Joining joining = Joining::header;
  Flash flash = Flash::off;
  bool replaces = false;
};

// One submit_sm's worth of a text.
struct SubmitPart {
  std::string text;     // short_message, with its header
  std::string options;  // TLVs
  std::uint8_t esm_class = 0, data_coding = 0, protocol_id = 0;
  std::size_t counts_as = 1;  // parts, at the carrier
};

// The reference is the same for all parts of one try, another for the next.
std::vector<SubmitPart> submit_parts(Segments segments, std::uint16_t reference,
                                     Message const& message, SubmitForm const& form);

}  // namespace siaga::sms
