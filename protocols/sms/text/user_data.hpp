// user_data: the octets of a received part's text, its place in a longer message, and the
// characters that those octets mean.
//
// Place:  deliver_sm -> USER DATA -> Reassembly -> reply text. Pure.
// Errors: invalid_message when the header's lengths do not add up; unknown elements are skipped,
//         and of several of a kind the last counts.
// See:    3GPP TS 23.040, 9.2.3.24; SMPP v3.4, 5.2.19 (data_coding).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.hpp"
#include "protocols/sms/text/national.hpp"
#include "protocols/sms/text/segment.hpp"

namespace siaga::sms {

// Part `number` (from 1) of `total` under one reference.
struct Joined {
  std::uint16_t reference = 0;
  std::uint8_t total = 1;
  std::uint8_t number = 1;
};

struct UserData {
  std::optional<Joined> joined;
  Shifts shifts;
  std::string_view octets;  // after the header
};

// For octets that begin with a user data header.
[[nodiscard]] Result<UserData> split_header(std::string_view octets);

// Octets (for GSM 7-bit one septet each) and how they are to be read.
struct CodedText {
  std::string octets;
  std::uint8_t data_coding = 0;  // SMPP's
  Shifts shifts;

  bool operator==(CodedText const&) const = default;
  bool read_as(CodedText const& other) const noexcept {
    return data_coding == other.data_coding && shifts == other.shifts;
  }
};

// UTF-8 by SMPP data_coding; 0 is read as `network_default`.
std::string text_of(std::string_view octets, std::uint8_t data_coding, Charset network_default,
                    Shifts const& shifts = {});
// Parts that are read alike are read as one: a pair may have been split between them.
std::string text_of(std::vector<CodedText> const& parts, Charset network_default);

}  // namespace siaga::sms
