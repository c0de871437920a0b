// transliterate: writes what GSM 7-bit lacks in characters it has, so that one dash does not halve
// the room of a whole text.
//
// Place:  compose_sms, before segmentation. Pure.
// Rule:   plain_typography changes looks only (quotes, dashes, spaces, dots); plain_letters also
//         drops accents and pictures and loses something, so it is kept for texts that are too
//         long; a text with a letter that has no plain form stays as it is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace siaga::sms {

std::string plain_typography(std::string_view text);
std::optional<std::string> plain_letters(std::string_view text);

}  // namespace siaga::sms
