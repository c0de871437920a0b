#include "protocols/cap/values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

#include "protocols/cap/document.hpp"

namespace siaga::cap {
namespace {

constexpr std::string_view space = " \t\r\n";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

int two(std::string_view text, std::size_t at) {
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

// Whether `text` has the picture's shape: 0 stands for a digit, anything else for itself.
bool looks_like(std::string_view text, std::string_view picture) {
  if (text.size() < picture.size()) return false;
  for (std::size_t i = 0; i < picture.size(); ++i)
    if (picture[i] == '0' ? !is_digit(text[i]) : picture[i] != text[i]) return false;
  return true;
}

TimeFault tail_fault(std::string_view tail) {
  if (tail.empty() || tail == "Z" || tail == "z") return TimeFault::offset;
  if (tail[0] == '.') {
    auto const end = tail.find_first_not_of("0123456789", 1);
    return end != 1 && tail.size() > 1 ? TimeFault::fraction : TimeFault::form;
  }
  bool const right = tail.size() == 6 && (looks_like(tail, "+00:00") || looks_like(tail, "-00:00"));
  return right ? TimeFault::none : TimeFault::form;
}

}  // namespace

TimeFault parse_time(std::string_view text, UtcTime& time) {
  constexpr std::string_view picture = "0000-00-00T00:00:00";
  if (!looks_like(text, picture)) return TimeFault::form;
  auto const tail = text.substr(picture.size());
  if (auto const fault = tail_fault(tail); fault != TimeFault::none) return fault;

  using namespace std::chrono;
  year_month_day const date{year(two(text, 0) * 100 + two(text, 2)),
                            month(static_cast<unsigned>(two(text, 5))),
                            day(static_cast<unsigned>(two(text, 8)))};
  int const hour = two(text, 11), minute = two(text, 14), second = two(text, 17);
  bool const midnight = hour == 24 && minute == 0 && second == 0;
  int const off_hour = two(tail, 1), off_minute = two(tail, 4);
  bool const off_good = off_minute < 60 && (off_hour < 14 || (off_hour == 14 && off_minute == 0));
  if (!date.ok() || date.year() == year(0) || (hour > 23 && !midnight) || minute > 59 ||
      second > 59 || !off_good)
    return TimeFault::calendar;
  auto offset = hours(off_hour) + minutes(off_minute);
  if (tail[0] == '-') offset = -offset;
  time = sys_days(date) + hours(hour) + minutes(minute) + seconds(second) - offset;
  return TimeFault::none;
}

CapTime cap_time(UtcTime time, std::chrono::minutes offset) {
  using namespace std::chrono;
  auto const local = floor<seconds>(time + offset);
  auto const days = floor<std::chrono::days>(local);
  year_month_day const date(days);
  hh_mm_ss const clock(local - days);
  auto const away = offset < minutes(0) ? -offset : offset;
  char const sign = offset > minutes(0) ? '+' : '-';
  std::array<char, 64> text{};
  auto const size = std::snprintf(
      text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d%c%02d:%02d",
      static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
      static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
      static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()), sign,
      static_cast<int>(away.count() / 60), static_cast<int>(away.count() % 60));
  return {time, std::string(text.data(), static_cast<std::size_t>(size))};
}

bool is_language(std::string_view text) {
  bool first = true;
  while (true) {
    auto const dash = text.find('-');
    auto const part = text.substr(0, dash);
    auto const fits = [&](char c) { return is_letter(c) || (!first && is_digit(c)); };
    if (part.empty() || part.size() > 8 || !std::ranges::all_of(part, fits)) return false;
    if (dash == std::string_view::npos) return true;
    text.remove_prefix(dash + 1);
    first = false;
  }
}

std::string_view next_item(std::string_view& rest) {
  auto const begin = rest.find_first_not_of(space);
  if (begin == std::string_view::npos) {
    rest = {};
    return {};
  }
  rest.remove_prefix(begin);
  auto const item = rest.substr(0, rest.find_first_of(space));
  rest.remove_prefix(item.size());
  return item;
}

std::optional<std::vector<std::string>> parse_names(std::string_view text) {
  std::vector<std::string> names;
  for (auto rest = trimmed(text); !rest.empty(); rest = trimmed(rest)) {
    if (rest[0] != '"') {
      auto const item = next_item(rest);
      if (item.find('"') != std::string_view::npos) return std::nullopt;
      names.emplace_back(item);
      continue;
    }
    auto const end = rest.find('"', 1);
    if (end == std::string_view::npos || end == 1) return std::nullopt;
    names.emplace_back(rest.substr(1, end - 1));
    rest.remove_prefix(end + 1);
    if (!rest.empty() && space.find(rest[0]) == std::string_view::npos) return std::nullopt;
  }
  return names;
}

std::string names_text(std::vector<std::string> const& names) {
  std::string text;
  for (auto const& name : names) {
    if (!text.empty()) text += ' ';
    bool const quoted = name.find_first_of(space) != std::string::npos;
    text += quoted ? '"' + name + '"' : name;
  }
  return text;
}

std::optional<std::vector<Reference>> parse_references(std::string_view text,
                                                       std::string_view& culprit) {
  std::vector<Reference> references;
  for (auto item = next_item(text); !item.empty(); item = next_item(text)) {
    culprit = item;
    auto const first = item.find(',');
    auto const second = first == std::string_view::npos ? first : item.find(',', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    Reference found;
    found.sender = item.substr(0, first);
    found.identifier = item.substr(first + 1, second - first - 1);
    found.sent.text = item.substr(second + 1);
    if (found.sender.empty() || found.identifier.empty()) return std::nullopt;
    if (parse_time(found.sent.text, found.sent.at) != TimeFault::none) return std::nullopt;
    references.push_back(std::move(found));
  }
  return references;
}

std::string references_text(std::vector<Reference> const& references) {
  std::string text;
  for (auto const& reference : references) {
    if (!text.empty()) text += ' ';
    text += reference.sender + "," + reference.identifier + "," + reference.sent.text;
  }
  return text;
}

UriKind uri_kind(std::string_view text) {
  constexpr std::string_view never = " \t\r\n<>\"{}|\\^`";
  if (text.empty() || text.find_first_of(never) != std::string_view::npos) return UriKind::none;
  for (std::size_t i = text.find('%'); i != std::string_view::npos; i = text.find('%', i + 1))
    if (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) return UriKind::none;
  auto const colon = text.find(':');
  auto const scheme = text.substr(0, colon);
  auto const fits = [](char c) {
    return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
  };
  if (colon == std::string_view::npos || scheme.empty() || !is_letter(scheme[0]) ||
      !std::ranges::all_of(scheme, fits))
    return UriKind::relative;
  auto const rest = text.substr(colon + 1);
  if (rest.empty()) return UriKind::none;
  if (scheme == "http" || scheme == "https") {
    bool const host = rest.size() > 2 && rest.starts_with("//") && rest[2] != '/' && rest[2] != '?';
    return host ? UriKind::absolute : UriKind::none;
  }
  return UriKind::absolute;
}

bool is_decimal(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  bool digits = false, point = false;
  for (char const c : text) {
    if (is_digit(c)) {
      digits = true;
    } else if (c == '.' && !point) {
      point = true;
    } else {
      return false;
    }
  }
  return digits;
}

std::optional<double> parse_decimal(std::string_view text) {
  if (!is_decimal(text)) return std::nullopt;
  if (text[0] == '+') text.remove_prefix(1);
  double value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  if (text.starts_with('+') && text.size() > 1 && is_digit(text[1])) text.remove_prefix(1);
  std::int64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_sha1(std::string_view text) {
  return text.size() == 40 && std::ranges::all_of(text, is_hex);
}

bool is_kemendagri(std::string_view text) {
  constexpr std::array<std::string_view, 4> pictures{"00", "00.00", "00.00.00", "00.00.00.0000"};
  return std::ranges::any_of(pictures, [&](std::string_view picture) {
    return text.size() == picture.size() && looks_like(text, picture);
  });
}

}  // namespace siaga::cap
