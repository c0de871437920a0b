// encode: SMPP v3.4 structs to bytes, appended to a buffer that is reused, so that nothing is
// allocated once the buffer has grown.
//
// Place:  Session and the test SMSC -> ENCODE -> socket bytes. Pure.
// Rule:   texts longer than their field are the caller's fault and stop the process; settings and
//         addresses are checked before they come here.
// See:    SMPP v3.4, 4 (operations).
#pragma once

#include <span>

#include "protocols/sms/smpp/pdu.hpp"

namespace siaga::sms {

struct Option {
  Tag tag;
  std::string_view value;
};

// A PDU without a body: enquire_link, unbind, their responses, generic_nack.
void encode(std::string& out, Header const& header);
// A response with one string: bind_*_resp (system_id), submit_sm_resp, deliver_sm_resp and
// data_sm_resp (message_id).
void encode(std::string& out, Header const& header, std::string_view first_text);
void encode(std::string& out, Header const& header, Bind const& bind);
// submit_sm, deliver_sm or data_sm; the message's own `options` bytes go first.
void encode(std::string& out, Header const& header, ShortMessage const& message,
            std::span<Option const> options = {});
void encode(std::string& out, Header const& header,
            MessageName const& name);  // query_sm, cancel_sm
void encode(std::string& out, Header const& header, QueryAnswer const& answer);
void encode(std::string& out, Header const& header, Replacement const& replacement);
void encode(std::string& out, Header const& header, Outbind const& outbind);
void encode(std::string& out, Header const& header, AlertNotification const& notification);
void encode(std::string& out, Header const& header, MultiSubmit const& submit);
void encode(std::string& out, Header const& header, MultiAnswer const& answer);
// One TLV.
void put_option(std::string& out, Tag tag, std::string_view value);

}  // namespace siaga::sms
