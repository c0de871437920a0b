// compose_sms: the text an officer reads on the phone.
//
// Place:  Message -> COMPOSE -> segment -> SMPP. Pure; also `siaga plan` by Channel::preview.
// Form:   [mark] [title] level event, place, time. action. Balas SIAP 4821/TOLAK 4821 ::TAG
// Rule:   mark, level, event, place, time, action and code are whole. What may go, first
//         gone first: headline, contact, "(ulang)", the tag's later words, the tag, the refusal's
//         half of the hint. Each is there only when it costs no further part.
//         A text beyond parts_max is written without accents and pictures when that saves parts
//         and no letter is lost. Only what parts_hard_max cannot hold is shortened: place, action
//         and event to one length, with an ellipsis, so that nobody gets nothing.
#pragma once

#include <string>

#include "gateway/domain/message.hpp"
#include "protocols/sms/text/segment.hpp"

namespace siaga::sms {

inline constexpr std::size_t parts_hard_max = 16;

struct ComposeRules : GsmOptions {
  bool transliterate = true;  // typographic characters, when that makes the text GSM 7-bit
  std::size_t parts_max = 4;
};

std::string compose_sms(Message const& message, ComposeRules const& rules);

}  // namespace siaga::sms
