// lexicon: how single written words are said in Indonesian: abbreviations, units, zones, acronyms.
//
// Place:  rules -> LEXICON. Tables only; a new word is a new row.
// Thread: read-only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace siaga::radio {

// "kel" -> "kelurahan", "yg" -> "yang", "wita" -> "waktu Indonesia tengah"; word in small letters.
std::optional<std::string_view> full_word(std::string_view low);
// Short forms that count only before a dot or a number: "no" -> "nomor", "lt" -> "lantai".
std::optional<std::string_view> full_word_if_marked(std::string_view low);
// "Jl.", "Kel.": their dot never ends a sentence.
bool leads_to_name(std::string_view low);
// After a number: "cm" -> "sentimeter". As written: "M" is no metre.
std::optional<std::string_view> unit_name(std::string_view written);
// Acronyms with vowels that nobody reads as words: TNI, AKP, DPO.
bool is_spelled(std::string_view written);
// "Nov", "november", "Agu" -> "November"
std::optional<std::string_view> month_name(std::string_view low);
std::optional<std::string_view> month_name(int month);
// "DD", "KT": regions on number plates.
bool is_plate_region(std::string_view written);

// "4821" -> "empat, delapan, dua, satu"
std::string digit_by_digit(std::string_view digits);
// "05" -> "nol lima": a short number read out within a sentence
std::string digits_together(std::string_view digits);
// "TNI" -> "te en i"
std::string letter_by_letter(std::string_view letters);

}  // namespace siaga::radio
