// DeliveryReceipt: reads a delivery report: from its optional parameters or its text.
//
// Place:  deliver_sm -> DELIVERY RECEIPT -> Inbound -> ReceiptSink. Pure.
// Rule:   optional parameters first, text by its keys: in any order and case, none mandatory, dates
//         and error codes of any form. An `err` beside DELIVRD does not make it a failure.
// See:    SMPP v3.4, 5.2.28 (message_state), appendix B (text).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocols/sms/smpp/pdu.hpp"

namespace siaga::sms {

enum class Fate { delivered, failed, not_final };

struct DeliveryReceipt {
  std::string id;     // as the network wrote it; may be empty
  std::string stat;   // "DELIVRD", "UNDELIV", ...
  std::string error;  // "021", "21b", or empty
  Fate fate = Fate::not_final;
};

// None when the message is an ordinary one. `text` is its text in UTF-8.
std::optional<DeliveryReceipt> receipt_in(ShortMessage const& message, std::string_view text);

// One name for all spellings of an id: lower case, no leading zeros. Submit answers and receipts
// are both written so, and then match as text.
std::string canonical_id(std::string_view id);

// How a network writes in receipts the ids it gave in submit answers.
enum class IdReading { same, answers_hex, answers_decimal };
// The canonical id of the answer, for a receipt's id; empty when it cannot be read so.
std::string answered_id(std::string_view receipt_id, IdReading reading);

}  // namespace siaga::sms
