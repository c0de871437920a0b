// plain_forms: characters written with plain letters, digits and signs.
//
// Place:  beneath transliterate. Pure.
// Rule:   a plain form is read as the character was, with an accent or a picture less. A latin form
//         is a transcription: a person who reads only the other script cannot read it. Forms are
//         ASCII that GSM 7-bit has too. Arabic, Chinese and other scripts written without an
//         alphabet of their sounds have none.
// See:    Unicode Standard Annex 44, 5.7.3 (decompositions) for the Latin letters; ISO 9 and ISO
//         843 as simplified in passports for Cyrillic and Greek ones.
#pragma once

#include <optional>
#include <string>

namespace siaga::sms {

std::optional<std::string> plain_form(char32_t character);  // "" = left out
std::optional<std::string> latin_form(char32_t character);  // Greek and Cyrillic letters
bool is_picture(char32_t character) noexcept;               // left out, with the space before it

// é for e and U+0301: a character GSM 7-bit has for the two; 0 when it has none.
char32_t composed(char32_t letter, char32_t mark) noexcept;

}  // namespace siaga::sms
