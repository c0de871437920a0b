#include "gateway/domain/time.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace siaga {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// Takes digits and marks from the front of a text; once something is missing, it stays wrong.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  int digits(std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      char const c = take();
      if (c < '0' || c > '9') good_ = false;
      value = value * 10 + (c - '0');
    }
    return good_ ? value : 0;
  }
  char one_of(std::string_view marks) {
    char const c = take();
    if (marks.find(c) == std::string_view::npos) good_ = false;
    return c;
  }
  bool next_is(char c) const { return !rest_.empty() && rest_.front() == c; }
  bool next_is_digit() const {
    return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
  }
  void fail() { good_ = false; }
  bool ended_well() const { return good_ && rest_.empty(); }

 private:
  char take() {
    if (rest_.empty()) {
      good_ = false;
      return '\0';
    }
    char const c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  std::string_view rest_;
  bool good_ = true;
};

milliseconds fraction(Reader& reader) {
  if (!reader.next_is('.')) return milliseconds(0);
  reader.one_of(".");
  if (!reader.next_is_digit()) reader.fail();
  int value = 0;
  for (int scale = 100; reader.next_is_digit(); scale /= 10) value += reader.digits(1) * scale;
  return milliseconds(value);
}

minutes offset_of(Reader& reader) {
  char const sign = reader.one_of("Zz+-");
  if (sign != '+' && sign != '-') return minutes(0);
  int const hour = reader.digits(2);
  reader.one_of(":");
  int const minute = reader.digits(2);
  if (hour > 23 || minute > 59) reader.fail();
  minutes const offset = hours(hour) + minutes(minute);
  return sign == '-' ? -offset : offset;
}

}  // namespace

std::string to_rfc3339(UtcTime time, minutes offset) {
  auto const local = std::chrono::floor<seconds>(time) + offset;
  auto const day = std::chrono::floor<days>(local);
  std::chrono::year_month_day const date(day);
  std::chrono::hh_mm_ss const clock(local - day);
  auto const away = std::abs(offset.count());
  std::array<char, 48> text{};
  auto const length = std::snprintf(
      text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d%c%02d:%02d",
      static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
      static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
      static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
      offset.count() < 0 ? '-' : '+', static_cast<int>(away / 60), static_cast<int>(away % 60));
  return std::string(text.data(), static_cast<std::size_t>(length));
}

std::optional<UtcTime> parse_rfc3339(std::string_view text) {
  Reader reader(text);
  std::chrono::year const year(reader.digits(4));
  reader.one_of("-");
  std::chrono::month const month(static_cast<unsigned>(reader.digits(2)));
  reader.one_of("-");
  std::chrono::day const day(static_cast<unsigned>(reader.digits(2)));
  reader.one_of("Tt ");
  int const hour = reader.digits(2);
  reader.one_of(":");
  int const minute = reader.digits(2);
  reader.one_of(":");
  int const second = reader.digits(2);
  auto const part = fraction(reader);
  auto const offset = offset_of(reader);
  std::chrono::year_month_day const date(year, month, day);
  bool const leap_at_most = hour <= 23 && minute <= 59 && second <= 60;
  if (!reader.ended_well() || !date.ok() || !leap_at_most) return std::nullopt;
  auto const local = std::chrono::sys_days(date) + hours(hour) + minutes(minute) + seconds(second);
  return UtcTime(local - offset) + part;
}

std::string to_text(milliseconds duration) {
  struct Unit {
    milliseconds size;
    char const* name;
  };
  static constexpr std::array units{Unit{days(1), "d"}, Unit{hours(1), "h"}, Unit{minutes(1), "m"},
                                    Unit{seconds(1), "s"}};
  if (duration == milliseconds(0)) return "0s";
  for (auto const& unit : units)
    if (duration % unit.size == milliseconds(0))
      return std::to_string(duration / unit.size) + unit.name;
  return std::to_string(duration.count()) + "ms";
}

}  // namespace siaga
