// received: what an ESME submitted, read as a phone would: its text, and where it belongs.
//
// Place:  Smsc. Pure; views into the message given.
#pragma once

#include "protocols/sms/smpp/decode.hpp"
#include "protocols/sms/text/user_data.hpp"

namespace siaga::smsc {

// Joined by a header or by options; the text may stand in message_payload.
sms::UserData user_data(sms::ShortMessage const& message);
std::string text_of(sms::ShortMessage const& message, sms::UserData const& data);

}  // namespace siaga::smsc
