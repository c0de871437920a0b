// unicode: UTF-8 in and out, one character at a time.
//
// Place:  beneath the GSM alphabet, UCS-2 and the segmentation of SMS texts. Pure.
// Errors: a byte that starts no valid sequence is read as U+FFFD; reading always advances.
// See:    RFC 3629; surrogates and overlong forms are invalid.
#pragma once

#include <string>
#include <string_view>

namespace siaga::sms {

inline constexpr char32_t replacement_character = 0xFFFD;

// Takes the first character off `text`, which must not be empty.
char32_t next_character(std::string_view& text);
void append_utf8(std::string& out, char32_t character);

// UTF-16BE, the wire form of UCS-2 texts; characters above U+FFFF become a surrogate pair.
void append_utf16be(std::string& out, char32_t character);
// A lone surrogate or an odd last octet becomes U+FFFD.
std::string from_utf16be(std::string_view octets);
std::string from_latin1(std::string_view octets);

}  // namespace siaga::sms
