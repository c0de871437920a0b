// compose_sms: the text an officer reads on the phone.
//
// Place:  Message -> COMPOSE -> segment -> SMPP or modem. Pure; also `siaga plan` by
//         Channel::preview.
// Form:   [mark] [title] level event, place, time. action. Balas SIAP 4821/TOLAK 4821 ::TAG
// Rule:   these are left out first, in this order: headline, contact, "(ulang)", the tag's later
//         words, the tag, the refusal's half of the hint. Each is there only if it costs no further
//         part. No text has more than parts_max parts. A text that would have more is written
//         without accents and pictures, if that saves parts and no letter is lost; if it still does
//         not fit, it is shortened (shorten.hpp). Only mark, level and code, always whole, may need
//         more.
#pragma once

#include <string>

#include "gateway/domain/message.hpp"
#include "protocols/sms/text/segment.hpp"

namespace siaga::sms {

struct ComposeRules : GsmOptions {
  bool transliterate = true;   // typographic characters, when that makes the text GSM 7-bit
  bool plain_letters = false;  // whatever has a plain or Latin form, when that saves a part
  std::size_t parts_max = 4;
};

std::string compose_sms(Message const& message, ComposeRules const& rules);

}  // namespace siaga::sms
