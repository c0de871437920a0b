#include <algorithm>
#include <array>

#include "protocols/radio/speech/lexicon.hpp"
#include "protocols/radio/speech/rules.hpp"

namespace siaga::radio {
namespace {

bool is_one_of(std::string_view word, std::span<std::string_view const> list) {
  return std::ranges::find(list, word) != list.end();
}

// "RT05/RW 02"
std::optional<Match> neighbourhood(Tokens const& tokens, std::size_t at) {
  auto const& low = token_at(tokens, at).low;
  if (low != "rt" && low != "rw") return std::nullopt;
  auto next = at + 1;
  if (is_sign(tokens, next, ".")) ++next;
  if (!is_number(tokens, next, 1, 3)) return std::nullopt;
  auto const& number = token_at(tokens, next).text;
  auto const spoken = number[0] == '0' ? digits_together(number) : number;
  ++next;
  if (is_sign(tokens, next, "/") && token_at(tokens, next + 1).low == "rw") ++next;
  return Match{next - at, letter_by_letter(low) + ' ' + spoken};
}

bool is_capital_word(Tokens const& tokens, std::size_t at, std::size_t letters_max) {
  auto const& text = token_at(tokens, at).text;
  return is_word(tokens, at) && text.size() <= letters_max &&
         std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

// "DD 1234 AB"
std::optional<Match> number_plate(Tokens const& tokens, std::size_t at) {
  auto const& region = token_at(tokens, at).text;
  if (!is_plate_region(region) || !is_number(tokens, at + 1, 2, 4)) return std::nullopt;
  if (!is_capital_word(tokens, at + 2, 3)) return std::nullopt;
  return Match{3, letter_by_letter(region) + ", " + digit_by_digit(tokens[at + 1].text) + ", " +
                      letter_by_letter(tokens[at + 2].text)};
}

constexpr std::array<std::string_view, 4> hemispheres = {"ls", "lu", "bt", "bb"};
constexpr std::array<std::string_view, 11> short_hemispheres = {"ls", "lu", "bt", "bb", "s", "n",
                                                                "e",  "w",  "u",  "t",  "b"};
constexpr std::array<std::string_view, 11> coordinate_words = {
    "koordinat", "koord", "kord",     "lok",       "lokasi", "lat",
    "lon",       "long",  "latitude", "longitude", "gps"};

struct Angle {
  std::size_t count = 0;     // tokens; 0 = none here
  std::size_t fraction = 0;  // digits after the dot
  bool certain = false;      // a hemisphere or a degree sign says so
};

// 5^08'51.2"S
Angle sexagesimal(Tokens const& tokens, std::size_t at) {
  auto next = at + 2;
  while (is_number(tokens, next) || is_sign(tokens, next, ".,'\"")) {
    if (is_sign(tokens, next, ",") && !is_joined(tokens, next + 1)) break;
    ++next;
  }
  if (is_word(tokens, next) && is_one_of(tokens[next].low, short_hemispheres)) ++next;
  return {next - at, 0, true};
}

Angle angle_at(Tokens const& tokens, std::size_t at) {
  auto next = at;
  if (is_sign(tokens, next, "+-") && is_joined(tokens, next + 1)) ++next;
  if (!is_number(tokens, next, 1, 3)) return {};
  if (is_sign(tokens, next + 1, "^") && is_number(tokens, next + 2, 1, 2)) {
    auto const angle = sexagesimal(tokens, next);
    return {next - at + angle.count, 0, true};
  }
  Angle angle;
  ++next;
  if (is_sign(tokens, next, ".") && is_joined(tokens, next) && is_number(tokens, next + 1) &&
      is_joined(tokens, next + 1)) {
    angle.fraction = token_at(tokens, next + 1).text.size();
    next += 2;
  }
  if (is_sign(tokens, next, "^")) ++next;
  if (is_word(tokens, next) && is_one_of(tokens[next].low, hemispheres)) {
    angle.certain = true;
    ++next;
  }
  angle.count = next - at;
  return angle;
}

// A pair, or one angle that can be nothing else. Never spoken: nobody writes it down by ear.
std::optional<Match> coordinates(Tokens const& tokens, std::size_t at) {
  auto next = at;
  bool named = false;
  while (is_word(tokens, next) && is_one_of(tokens[next].low, coordinate_words)) {
    named = true;
    ++next;
    while (is_sign(tokens, next, ":=.")) ++next;
  }
  auto const first = angle_at(tokens, next);
  if (first.count == 0) return std::nullopt;
  next += first.count;
  auto const comma = is_sign(tokens, next, ",;/") ? std::size_t{1} : std::size_t{0};
  auto after = next + comma;
  while (named && is_word(tokens, after) && is_one_of(tokens[after].low, coordinate_words)) {
    ++after;
    while (is_sign(tokens, after, ":=")) ++after;
  }
  auto const second = angle_at(tokens, after);
  bool const fine = first.fraction >= 4 || first.certain;
  auto const coarser = std::min(first.fraction, second.fraction);
  bool const joined = comma > 0 && is_joined(tokens, next + comma);
  bool const likely = named ? coarser >= 2 : joined && coarser >= 3;
  bool const pair = second.count > 0 && (second.fraction >= 4 || second.certain || likely);
  if (pair) return Match{after + second.count - at, ""};
  if (fine) return Match{next - at, ""};
  return std::nullopt;
}

constexpr std::array<Rule, 3> table = {neighbourhood, coordinates, number_plate};

}  // namespace

std::span<Rule const> place_rules() {
  return table;
}

}  // namespace siaga::radio
