// segment: cuts a text into SMS parts, in the smallest coding that loses nothing.
//
// Place:  compose_sms counts with it, the channels send what it makes. Pure.
// Units:  GSM septets (160 alone, 153 joined) or UTF-16 units (70 alone, 67 joined) a part; a
//         wide reference and each national table make a part's header longer, and its text shorter.
// Rule:   an escape pair and a surrogate pair are never split; a word or a character with its marks
//         is split only where keeping it whole would cost one more part. National tables are tried
//         only for a text the default alphabet cannot write, and taken when they need fewer parts
//         than UCS-2, or as many and fewer octets.
// See:    3GPP TS 23.040, 9.2.3.24.1 and 9.2.3.24.8 (concatenation), 9.2.3.24.15 and .16 (tables).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/sms/text/national.hpp"

namespace siaga::sms {

// The network's meaning of data_coding 0. All are counted in GSM septets: they end so on air.
enum class Charset { gsm, latin1, ascii };
enum class Coding { seven_bit, ucs2 };

// How texts may be written.
struct GsmOptions {
  Charset charset = Charset::gsm;
  Languages languages;          // whose tables the network carries; only with Charset::gsm
  bool wide_reference = false;  // 16 bits instead of 8: it repeats later

  GsmOptions() = default;
  GsmOptions(Charset of_network) : charset(of_network) {}
};

struct Segments {
  Coding coding = Coding::seven_bit;
  std::vector<std::string> parts;  // octets of each part's text, without header
  Shifts shifts;
  bool wide_reference = false;
};

// Septets, 0 when the network shows the character by data_coding 8 only.
int seven_bit_length(char32_t character, Charset charset) noexcept;
Coding coding_of(std::string_view text, GsmOptions const& options);
std::size_t count_parts(std::string_view text, GsmOptions const& options);
Segments segment(std::string_view text, GsmOptions const& options);

// The user data header that joins part `number` (from 1) of `total`.
std::string join_header(std::uint8_t reference, std::uint8_t total, std::uint8_t number);
// The whole header of part `number` (from 1): what joins it and what names its tables; empty when
// it needs neither. Of a narrow reference the lower octet counts.
std::string part_header(Segments const& segments, std::uint16_t reference, std::size_t number);

}  // namespace siaga::sms
