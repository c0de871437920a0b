// reread: a message that was taken in once, read again to see whether what is shown is what it
// says.
//
// Place:  `siaga log verify` -> REREAD; its version goes into the log with every message received.
// Thread: any; pure.
// Rules:  no limits of today: it was within those of its day. Whoever changes what the decoder
//         copies into identifier, sender, sent, status, msgType, scope, severity, urgency, event,
//         headline or geocodes gives it a new version: what the old one read is then not compared.
#pragma once

#include <optional>
#include <string_view>

#include "gateway/domain/alert.hpp"

namespace siaga::cap {

inline constexpr char decoder_version[] = "cap-1";  // in the log; do not use one again

// None when it cannot be read.
std::optional<Alert> reread(std::string_view content_type, std::string_view payload);

}  // namespace siaga::cap
