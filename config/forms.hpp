// Forms: whether a text has the shape of what it should name: a word, a phone, a mail address, ...
//
// Place:  readers -> FORMS. Pure.
// Thread: any.
// See:    E.164 (phones), RFC 5321 section 4.1.2 (mail addresses, the plain form), Permendagri
//         codes.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace siaga::config {

// Part of topics, client ids and commands: a-z, 0-9, '-' and '_', beginning with a letter or digit.
bool is_word(std::string_view text);
// '+', the country, 8 to 15 digits in all: "+6281200000001".
bool is_phone(std::string_view text);
// One '@', a plain local part, a host name; what our mail client can send to.
bool is_mail_address(std::string_view text);
// "64", "64.74", "64.74.01" or "64.74.01.1003".
bool is_area_code(std::string_view text);

// "250ms", "30s", "5m", "2h", "1d"; whole numbers only.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

}  // namespace siaga::config
