// tpdu_bytes: strings of octets as the decoders take them, and their answers opened.
#pragma once

#include <vector>

#include "protocols/sms/tpdu/decode.hpp"
#include "protocols/sms/tpdu/encode.hpp"
#include "protocols/sms/tpdu/line.hpp"
#include "tests/sms/hex.hpp"
#include "tests/support/catch.hpp"

namespace siaga::sms::tpdu {

inline Octets octets_in(std::string const& bytes) {
  return {reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size()};
}

// One kind of TPDU, or the test fails.
template <class Tpdu>
Tpdu incoming(std::string const& bytes) {
  auto const decoded = decode_incoming(octets_in(bytes));
  REQUIRE(decoded.has_value());
  REQUIRE(std::holds_alternative<Tpdu>(*decoded));
  return std::get<Tpdu>(*decoded);
}
template <class Tpdu>
Tpdu outgoing(std::string const& bytes) {
  auto const decoded = decode_outgoing(octets_in(bytes));
  REQUIRE(decoded.has_value());
  REQUIRE(std::holds_alternative<Tpdu>(*decoded));
  return std::get<Tpdu>(*decoded);
}

inline std::string text_in(UserData const& data) {
  return text_of({coded_text_of(data)}, Charset::gsm);
}

inline UtcTime utc(std::string_view rfc3339) {
  auto const time = parse_rfc3339(rfc3339);
  REQUIRE(time);
  return *time;
}

}  // namespace siaga::sms::tpdu
