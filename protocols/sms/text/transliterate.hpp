// transliterate: replaces characters that GSM 7-bit lacks by those it has, so that one dash does
// not halve the room of a whole text.
//
// Place:  compose_sms, before segmentation. Pure.
// Rule:   joined_marks changes nothing a reader sees; plain_typography changes looks only (quotes,
//         dashes, spaces, dots); plain_letters also drops accents and pictures and writes other
//         digits and signs plainly, with `Loss::script` Greek and Cyrillic in Latin letters too.
//         That loses something, so it is used only where it saves parts; a text with a letter that
//         has no plain form stays as it is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocols/sms/text/segment.hpp"

namespace siaga::sms {

enum class Loss { accents, script };

// A letter and its mark as the one character GSM 7-bit has for them.
std::string joined_marks(std::string_view text);
std::string plain_typography(std::string_view text, Charset network = Charset::gsm);
std::optional<std::string> plain_letters(std::string_view text, Loss loss = Loss::accents,
                                         Charset network = Charset::gsm);

}  // namespace siaga::sms
