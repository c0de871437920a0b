// alert_codec: the Alert, and a frozen Policy, as text in the store.
//
// Place:  intake writes; alert(), History and the escalator's ladders read.
// Thread: pure.
// Errors: storage_corrupt for what decode cannot read.
// Durable: JSON; CAP's names, enumerations by CAP's words, instants as milliseconds beside CAP's
//         own text. What is absent is left out, and an unknown key is ignored, so that fields can
//         be added.
#pragma once

#include <string>
#include <string_view>

#include "gateway/base/result.hpp"
#include "gateway/domain/alert.hpp"
#include "gateway/domain/routing.hpp"

namespace siaga::journal {

std::string encode(Alert const& alert);
[[nodiscard]] Result<Alert> decode_alert(std::string_view text);

std::string encode(Policy const& policy);
[[nodiscard]] Result<Policy> decode_policy(std::string_view text);

}  // namespace siaga::journal
