#include "protocols/sms/tpdu/validity.hpp"

#include <algorithm>
#include <array>

namespace siaga::sms::tpdu {
namespace {

namespace chrono = std::chrono;
using chrono::minutes;
using chrono::seconds;

constexpr std::size_t enhanced_octets = 7;
constexpr unsigned extension_bit = 0x80;
constexpr unsigned single_shot_bit = 0x40;
constexpr unsigned enhanced_form = 0x07;
enum EnhancedForm : unsigned { unspecified, as_relative, in_seconds, hours_minutes_seconds };

constexpr minutes half_day = chrono::hours(12);
constexpr minutes day = chrono::days(1);
constexpr minutes week = chrono::weeks(1);

std::uint8_t relative_octet(minutes lasts) {
  auto const steps = [&](minutes beyond, minutes step) { return (lasts - beyond) / step; };
  std::int64_t octet = 0;
  if (lasts >= 5 * week) {
    octet = std::min<std::int64_t>(192 + steps(minutes(0), week), 255);
  } else if (lasts >= 2 * day) {
    octet = std::min<std::int64_t>(166 + steps(minutes(0), day), 196);
  } else if (lasts > half_day) {
    octet = std::min<std::int64_t>(143 + steps(half_day, minutes(30)), 167);
  } else if (lasts >= minutes(5)) {
    octet = steps(minutes(0), minutes(5)) - 1;
  }
  return static_cast<std::uint8_t>(octet);
}

minutes relative_of(unsigned octet) {
  if (octet <= 143) return minutes(5) * (octet + 1);
  if (octet <= 167) return half_day + minutes(30) * (octet - 143);
  if (octet <= 196) return day * (octet - 166);
  return week * (octet - 192);
}

void append(std::string& out, EnhancedValidity const& validity) {
  std::string octets(enhanced_octets, '\0');
  unsigned indicator = validity.single_shot ? single_shot_bit : 0;
  if (validity.lasts) {
    auto const lasts = std::clamp<seconds>(*validity.lasts, seconds(1), chrono::hours(100));
    chrono::hh_mm_ss const clock(std::min<seconds>(lasts, chrono::hours(100) - seconds(1)));
    indicator |= hours_minutes_seconds;
    octets[1] = swapped_octet(static_cast<unsigned>(clock.hours().count()));
    octets[2] = swapped_octet(static_cast<unsigned>(clock.minutes().count()));
    octets[3] = swapped_octet(static_cast<unsigned>(clock.seconds().count()));
  }
  octets[0] = static_cast<char>(indicator);
  out += octets;
}

std::optional<seconds> clock_of(Octets octets) {
  auto const hours = swapped_digits(octets[0]), minute = swapped_digits(octets[1]),
             second = swapped_digits(octets[2]);
  if (!hours || !minute || !second || *minute > 59 || *second > 59) return std::nullopt;
  seconds const lasts = chrono::hours(*hours) + minutes(*minute) + seconds(*second);
  return lasts == seconds(0) ? std::nullopt : std::optional(lasts);
}

EnhancedValidity enhanced_of(Octets octets) {
  EnhancedValidity validity;
  unsigned const indicator = octets[0];
  validity.single_shot = (indicator & single_shot_bit) != 0;
  std::size_t at = 1;  // behind indicators nobody has defined yet
  while (at < octets.size() && (octets[at - 1] & extension_bit) != 0) ++at;
  auto const period = octets.subspan(at);
  auto const form = indicator & enhanced_form;
  if (form == as_relative && !period.empty()) validity.lasts = relative_of(period[0]);
  if (form == in_seconds && !period.empty() && period[0] != 0) validity.lasts = seconds(period[0]);
  if (form == hours_minutes_seconds && period.size() >= 3) validity.lasts = clock_of(period);
  return validity;
}

}  // namespace

ValidityFormat format_of(Validity const& validity) noexcept {
  constexpr std::array formats = {ValidityFormat::none, ValidityFormat::relative,
                                  ValidityFormat::absolute, ValidityFormat::enhanced};
  return formats[validity.index()];
}

void append(std::string& out, Validity const& validity) {
  if (auto const relative = std::get_if<RelativeValidity>(&validity))
    out.push_back(static_cast<char>(relative_octet(relative->lasts)));
  if (auto const until = std::get_if<Timestamp>(&validity)) append(out, *until);
  if (auto const enhanced = std::get_if<EnhancedValidity>(&validity)) append(out, *enhanced);
}

Validity read_validity(OctetReader& reader, ValidityFormat format) {
  if (format == ValidityFormat::relative) return RelativeValidity{relative_of(reader.octet())};
  if (format == ValidityFormat::absolute) {
    auto const until = read_timestamp(reader);
    return until ? Validity(*until) : Validity();
  }
  if (format == ValidityFormat::enhanced) {
    auto const octets = reader.take(enhanced_octets);
    return octets.empty() ? Validity() : Validity(enhanced_of(octets));
  }
  return {};
}

}  // namespace siaga::sms::tpdu
