// normalise: any text of an alert as it is to be read out in Indonesian.
//
// Place:  announcement -> NORMALISE -> synthesiser. Pure; clean -> tokens -> rules.
// Rule:   amounts stay figures (engines read those right); codes, telephone numbers, letters,
//         units, dates and times become words. Coordinates and links are never said.
// Units:  at most chars_max bytes, cut at a word: a speech program fed 20,000 digits talks for a
//         quarter of an hour.
#pragma once

#include <string>
#include <string_view>

namespace siaga::radio {

inline constexpr std::size_t spoken_chars_max = 600;

std::string normalise(std::string_view text, std::size_t chars_max = spoken_chars_max);

}  // namespace siaga::radio
