// gsm: the GSM 7-bit default alphabet and its extension table, unpacked (one septet an octet).
//
// With Shifts a national language's tables stand for either.
//
// Place:  segmentation and decoding of SMS texts. Pure.
// Units:  septets; a character of the extension table takes two (escape and code).
// See:    3GPP TS 23.038, 6.2.1, 6.2.1.1 and 6.2.1.2.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/sms/text/national.hpp"

namespace siaga::sms {

// 1 or 2; 0 when the alphabet does not have the character.
int gsm_length(char32_t character) noexcept;
int gsm_length(char32_t character, Shifts const& shifts) noexcept;
// A UTF-8 text of which every character takes one septet, as most do; none when one does not.
std::optional<std::string> even_gsm(std::string_view text);
// The character must be in the alphabet.
void append_gsm(std::string& out, char32_t character);
void append_gsm(std::string& out, std::u32string_view characters);
void append_gsm(std::string& out, char32_t character, Shifts const& shifts);
// UTF-8. An unknown escape shows the plain character; octets above 0x7F, and codes a national
// language leaves empty, become U+FFFD.
std::string from_gsm(std::string_view septets, Shifts const& shifts = {});

}  // namespace siaga::sms
