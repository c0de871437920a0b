// user_data: what a received part holds: its text's octets, where it belongs in a longer message,
// and the characters those octets mean.
//
// Place:  deliver_sm -> USER DATA -> Reassembly -> reply text. Pure.
// Errors: invalid_message when the header's lengths do not add up; unknown elements are skipped.
// See:    3GPP TS 23.040, 9.2.3.24; SMPP v3.4, 5.2.19 (data_coding).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/result.hpp"
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
  std::string_view octets;  // after the header
};

// For octets that begin with a user data header.
[[nodiscard]] Result<UserData> split_header(std::string_view octets);

// UTF-8 by SMPP data_coding; 0 is read as `network_default`.
std::string text_of(std::string_view octets, std::uint8_t data_coding, Charset network_default);

}  // namespace siaga::sms
