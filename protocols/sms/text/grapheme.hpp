// grapheme: finds the code points that a reader takes for one character.
//
// Place:  segmentation and shortening of SMS texts. Pure.
// Rule:   marks, joiners, selectors and skin tones belong to the character before them, the second
//         letter of a flag to the first, the letters of a Korean syllable to each other, and any
//         character after a zero width joiner to that joiner.
// See:    Unicode Standard Annex 29, 3 (extended grapheme clusters).
#pragma once

#include <cstddef>
#include <string_view>

namespace siaga::sms {

// Whether `text[at]` belongs to the character `text[at - 1]` is of; 0 < at < text.size().
bool cluster_goes_on(std::u32string_view text, std::size_t at) noexcept;

}  // namespace siaga::sms
