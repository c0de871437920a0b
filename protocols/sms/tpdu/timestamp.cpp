#include "protocols/sms/tpdu/timestamp.hpp"

#include <array>
#include <cstdlib>

#include "gateway/base/assert.hpp"

namespace siaga::sms::tpdu {
namespace {

namespace chrono = std::chrono;
constexpr unsigned sign_bit = 0x08;
constexpr long quarter_minutes = 15;

char offset_octet(chrono::minutes offset) {
  auto const quarters = static_cast<unsigned>(std::labs(offset.count()) / quarter_minutes);
  require(quarters < 80, "a time zone further than 79 quarter hours");
  auto const octet = static_cast<unsigned char>(swapped_octet(quarters));
  return static_cast<char>(octet | (offset.count() < 0 ? sign_bit : 0U));
}

std::optional<chrono::minutes> offset_of(std::uint8_t octet) {
  auto const quarters = swapped_digits(static_cast<std::uint8_t>(octet & ~sign_bit));
  if (!quarters) return std::nullopt;
  auto const minutes = static_cast<long>(*quarters) * quarter_minutes;
  return chrono::minutes((octet & sign_bit) != 0 ? -minutes : minutes);
}

}  // namespace

std::optional<unsigned> swapped_digits(std::uint8_t octet) noexcept {
  unsigned const first = octet & 0xFU, second = octet >> 4;
  if (first > 9 || second > 9) return std::nullopt;
  return first * 10 + second;
}

char swapped_octet(unsigned number) noexcept {
  return static_cast<char>((number / 10) | ((number % 10) << 4));
}

void append(std::string& out, Timestamp const& time) {
  auto const local = chrono::floor<chrono::seconds>(time.at) + time.offset;
  auto const day = chrono::floor<chrono::days>(local);
  chrono::year_month_day const date(day);
  chrono::hh_mm_ss const clock(local - day);
  int const year = static_cast<int>(date.year()) - 2000;
  require(year >= 0 && year <= 99, "a time that no service centre can write");
  for (auto const number :
       {static_cast<unsigned>(year), static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()), static_cast<unsigned>(clock.hours().count()),
        static_cast<unsigned>(clock.minutes().count()),
        static_cast<unsigned>(clock.seconds().count())})
    out.push_back(swapped_octet(number));
  out.push_back(offset_octet(time.offset));
}

void append(std::string& out, std::optional<Timestamp> const& time) {
  if (time) return append(out, *time);
  out.append(timestamp_octets, '\0');
}

std::optional<Timestamp> read_timestamp(OctetReader& reader) {
  auto const octets = reader.take(timestamp_octets);
  if (octets.empty()) return std::nullopt;
  std::array<unsigned, 6> numbers{};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    auto const number = swapped_digits(octets[i]);
    if (!number) return std::nullopt;
    numbers[i] = *number;
  }
  auto const [year, month, day, hour, minute, second] = numbers;
  chrono::year_month_day const date(chrono::year(2000 + static_cast<int>(year)),
                                    chrono::month(month), chrono::day(day));
  auto const offset = offset_of(octets[6]);
  if (!offset || !date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  auto const local = chrono::sys_days(date) + chrono::hours(hour) + chrono::minutes(minute) +
                     chrono::seconds(second);
  return Timestamp{local - *offset, *offset};
}

}  // namespace siaga::sms::tpdu
