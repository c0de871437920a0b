// Timestamp: an instant as a service centre writes it, with its distance from UTC.
//
// Place:  TP-SCTS and TP-DT of what comes, an absolute TP-VP of what goes. Pure.
// Units:  seven octets of swapped decimal digits: year (of 2000), month, day, hour, minute, second
//         of local time; then quarter hours from UTC with a sign bit. Seconds are the finest.
// Rule:   a time that is none (networks write zeros) is no reason to lose a message: it is absent.
// See:    3GPP TS 23.040, 9.2.3.11 and 9.2.3.12.2.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "gateway/domain/time.hpp"
#include "protocols/sms/tpdu/octet_reader.hpp"

namespace siaga::sms::tpdu {

inline constexpr std::size_t timestamp_octets = 7;

struct Timestamp {
  UtcTime at{};
  std::chrono::minutes offset{0};  // whole quarter hours, at most 79 either way
  bool operator==(Timestamp const&) const = default;
};

// Of the years 2000 to 2099; the second is rounded down.
void append(std::string& out, Timestamp const& time);
// Seven zeros for an absent one.
void append(std::string& out, std::optional<Timestamp> const& time);
std::optional<Timestamp> read_timestamp(OctetReader& reader);

// Two decimal digits, the first in the lower half; none when either is no digit.
std::optional<unsigned> swapped_digits(std::uint8_t octet) noexcept;
char swapped_octet(unsigned number) noexcept;  // 0 to 99

}  // namespace siaga::sms::tpdu
