// segment: cuts a text into SMS parts, in the smallest coding that loses nothing.
//
// Place:  compose_sms counts with it, the SMPP channel sends what it makes. Pure.
// Units:  GSM septets (160 alone, 153 joined) or UTF-16 units (70 alone, 67 joined) a part.
// Rule:   an escape pair and a surrogate pair are never split; a word or a character with its marks
//         is split only where keeping it whole would cost one more part.
// See:    3GPP TS 23.040, 9.2.3.24.1 (concatenation, 8-bit reference).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace siaga::sms {

// What the network takes data_coding 0 for. All are counted in GSM septets, as they end on air so.
enum class Charset { gsm, latin1, ascii };
enum class Coding { seven_bit, ucs2 };

struct Segments {
  Coding coding = Coding::seven_bit;
  std::vector<std::string> parts;  // octets of each part's text, without header
};

Coding coding_of(std::string_view text, Charset charset);
std::size_t count_parts(std::string_view text, Charset charset);
Segments segment(std::string_view text, Charset charset);

// The user data header that joins part `number` (from 1) of `total`.
std::string join_header(std::uint8_t reference, std::uint8_t total, std::uint8_t number);

}  // namespace siaga::sms
