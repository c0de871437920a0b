#include <array>

#include "protocols/radio/speech/lexicon.hpp"
#include "protocols/radio/speech/rules.hpp"

namespace siaga::radio {
namespace {

struct ClockTime {
  int hour = 0;
  int minute = 0;
  std::size_t count = 0;  // tokens; 0 = none here
  bool by_colon = false;
  bool two_digits = false;
};

ClockTime clock_at(Tokens const& tokens, std::size_t at) {
  if (!is_number(tokens, at, 1, 2) || !is_sign(tokens, at + 1, ":.") ||
      !is_joined(tokens, at + 1) || !is_number(tokens, at + 2, 2, 2) || !is_joined(tokens, at + 2))
    return {};
  ClockTime time{int_of(tokens[at].text), int_of(tokens[at + 2].text), 3,
                 tokens[at + 1].text == ":", tokens[at].text.size() == 2};
  if (time.hour > 24 || time.minute > 59) return {};
  bool const more = is_sign(tokens, at + 3, ":.") && is_joined(tokens, at + 3) &&
                    is_number(tokens, at + 4) && is_joined(tokens, at + 4);
  if (!more) return time;
  if (!time.by_colon || !is_number(tokens, at + 4, 2, 2)) return {};
  time.count = 5;  // seconds are not said
  return time;
}

std::string spoken(ClockTime const& time) {
  auto text = std::to_string(time.hour);
  if (time.minute > 0) text += " lewat " + std::to_string(time.minute) + " menit";
  return text;
}

bool is_time_word(std::string_view low) {
  return low == "pukul" || low == "jam" || low == "pkl";
}

bool is_zone(std::string_view low) {
  return low == "wib" || low == "wita" || low == "wit";
}

// How many tokens say "until" here: "-", "s/d", "s.d.", "sampai"; 0 = none.
std::size_t until_at(Tokens const& tokens, std::size_t at) {
  if (is_sign(tokens, at, "-")) return 1;
  auto const& low = token_at(tokens, at).low;
  if (low == "sampai" || low == "hingga" || low == "sd") return 1;
  if (low == "s" && is_sign(tokens, at + 1, "/.") && token_at(tokens, at + 2).low == "d")
    return is_sign(tokens, at + 3, ".") ? 4 : 3;
  return 0;
}

std::optional<Match> time_of_day(Tokens const& tokens, std::size_t at) {
  auto const from = clock_at(tokens, at);
  if (from.count == 0) return std::nullopt;
  auto const dot = at > 0 && is_sign(tokens, at - 1, ".") ? std::size_t{1} : std::size_t{0};
  bool const announced = is_time_word(token_before(tokens, at - dot).low);  // "Pkl. 07:05"
  auto next = at + from.count;
  auto const until = until_at(tokens, next);
  auto second = next + until;
  if (until > 0 && is_time_word(token_at(tokens, second).low)) ++second;
  auto const to = until > 0 ? clock_at(tokens, second) : ClockTime{};
  bool const certain =
      from.by_colon || announced || to.count > 0 || is_zone(token_at(tokens, next).low);
  bool const measured = unit_name(token_at(tokens, next).text) || is_sign(tokens, next, "%^");
  if (!certain && (measured || !from.two_digits)) return std::nullopt;
  auto text = (announced ? "" : "pukul ") + spoken(from);
  if (to.count > 0) {
    text += " sampai pukul " + spoken(to);
    next = second + to.count;
  }
  return Match{next - at, text};
}

std::string year_text(std::string const& digits) {
  return digits.size() == 2 ? "20" + digits : digits;
}

std::string date_text(int day, std::string_view month, std::string const& year) {
  return std::to_string(day) + ' ' + std::string(month) + ' ' + year_text(year);
}

// "23/11/2026", "23-11-2026", "23.11.2026"
std::optional<Match> date_in_figures(Tokens const& tokens, std::size_t at) {
  if (!is_number(tokens, at, 1, 2) || !is_sign(tokens, at + 1, "/-.") ||
      !is_number(tokens, at + 2, 1, 2) || !is_sign(tokens, at + 3, tokens[at + 1].text) ||
      !is_number(tokens, at + 4, 2, 4) || tokens[at + 4].text.size() == 3)
    return std::nullopt;
  if (tokens[at + 4].text.size() == 2 && tokens[at + 1].text == ".") return std::nullopt;
  auto const month = month_name(int_of(tokens[at + 2].text));
  auto const day = int_of(tokens[at].text);
  if (!month || day < 1 || day > 31) return std::nullopt;
  return Match{5, date_text(day, *month, tokens[at + 4].text)};
}

// "2026-11-23", also as the head of "2026-11-23T14:30"
std::optional<Match> date_iso(Tokens const& tokens, std::size_t at) {
  if (!is_number(tokens, at, 4, 4) || !is_sign(tokens, at + 1, "-") ||
      !is_number(tokens, at + 2, 2, 2) || !is_sign(tokens, at + 3, "-") ||
      !is_number(tokens, at + 4, 2, 2))
    return std::nullopt;
  auto const month = month_name(int_of(tokens[at + 2].text));
  if (!month) return std::nullopt;
  auto const day = int_of(tokens[at + 4].text);
  auto const text = date_text(day, *month, tokens[at].text);
  bool const has_time = token_at(tokens, at + 5).low == "t" && is_joined(tokens, at + 5);
  return Match{std::size_t{5} + (has_time ? 1 : 0), text};
}

// "23 Nov 2026", "04-Jun-21", "23 Nov"
std::optional<Match> date_in_words(Tokens const& tokens, std::size_t at) {
  if (!is_number(tokens, at, 1, 2)) return std::nullopt;
  auto next = at + 1;
  if (is_sign(tokens, next, "-/")) ++next;
  if (!is_word(tokens, next)) return std::nullopt;
  auto const month = month_name(tokens[next].low);
  auto const day = int_of(tokens[at].text);
  if (!month || day < 1 || day > 31) return std::nullopt;
  ++next;
  auto year = next;
  if (is_sign(tokens, year, ".-/")) ++year;
  bool const joined = year > next || is_number(tokens, year, 4, 4);
  if (joined && (is_number(tokens, year, 4, 4) || is_number(tokens, year, 2, 2)) &&
      !is_sign(tokens, year + 1, ":"))
    return Match{year + 1 - at, date_text(day, *month, tokens[year].text)};
  return Match{next - at, std::to_string(day) + ' ' + std::string(*month)};
}

// "H+1"
std::optional<Match> day_count(Tokens const& tokens, std::size_t at) {
  if (token_at(tokens, at).text != "H" || !is_sign(tokens, at + 1, "+-") ||
      !is_number(tokens, at + 2, 1, 3))
    return std::nullopt;
  auto const sign = tokens[at + 1].text == "+" ? " plus " : " minus ";
  return Match{3, std::string("ha") + sign + tokens[at + 2].text};
}

constexpr std::array<Rule, 5> table = {date_iso, date_in_figures, date_in_words, time_of_day,
                                       day_count};

}  // namespace

std::span<Rule const> time_rules() {
  return table;
}

}  // namespace siaga::radio
