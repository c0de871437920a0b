#include <algorithm>
#include <array>

#include "protocols/radio/speech/lexicon.hpp"
#include "protocols/radio/speech/rules.hpp"

namespace siaga::radio {
namespace {

bool is_capitals(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_said_as_letters(Token const& token) {
  if (is_spelled(token.text)) return true;
  return token.text.size() >= 2 && token.text.size() <= 6 && is_capitals(token.text) &&
         token.text.find_first_of("AIUEO") == std::string::npos;
}

// "s/d", "s.d."
std::optional<Match> until(Tokens const& tokens, std::size_t at) {
  if (token_at(tokens, at).low != "s" || !is_sign(tokens, at + 1, "/.") ||
      !is_joined(tokens, at + 1) || token_at(tokens, at + 2).low != "d" ||
      !is_joined(tokens, at + 2))
    return std::nullopt;
  auto const dot = is_sign(tokens, at + 3, ".") && at + 4 < tokens.size();
  return Match{std::size_t{3} + (dot ? 1 : 0), "sampai dengan"};
}

constexpr std::array<std::string_view, 10> ranked = {
    "siaga", "level", "tingkat", "tahap", "tipe", "kelas", "golongan", "wilayah", "pos", "gunung"};
constexpr std::array<std::string_view, 12> lettered = {"blok",    "tipe",  "kelas",  "zona",
                                                       "gerbang", "pintu", "tim",    "regu",
                                                       "sektor",  "jalur", "gudang", "pos"};

int roman_value(std::string_view text) {
  auto const one = [](char c) { return c == 'I' ? 1 : c == 'V' ? 5 : c == 'X' ? 10 : 0; };
  int value = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    int const here = one(text[i]);
    if (here == 0) return 0;
    value += i + 1 < text.size() && here < one(text[i + 1]) ? -here : here;
  }
  return value;
}

// "Siaga II"; a single I, V or X only behind a word that takes a rank
std::optional<Match> roman(Tokens const& tokens, std::size_t at) {
  auto const& token = token_at(tokens, at);
  if (token.kind != TokenKind::word) return std::nullopt;
  auto const value = roman_value(token.text);
  if (value < 1 || value > 39) return std::nullopt;
  auto const& before = token_before(tokens, at).low;
  if (token.text.size() == 1 && std::ranges::find(ranked, before) == ranked.end())
    return std::nullopt;
  return Match{1, std::to_string(value)};
}

// "Blok C", "M. Yamin", "G. Semeru"
std::optional<Match> single_letter(Tokens const& tokens, std::size_t at) {
  auto const& token = token_at(tokens, at);
  if (token.kind != TokenKind::word || token.text.size() != 1 || !is_capitals(token.text))
    return std::nullopt;
  bool const initial = is_sign(tokens, at + 1, ".") && is_word(tokens, at + 2);
  if (initial && token.text == "G") return Match{2, "gunung"};
  auto const& before = token_before(tokens, at).low;
  if (!initial && std::ranges::find(lettered, before) == lettered.end()) return std::nullopt;
  return Match{initial ? std::size_t{2} : std::size_t{1}, letter_by_letter(token.text)};
}

std::optional<Match> acronym(Tokens const& tokens, std::size_t at) {
  auto const& token = token_at(tokens, at);
  if (token.kind != TokenKind::word || !is_said_as_letters(token)) return std::nullopt;
  return Match{1, letter_by_letter(token.text)};
}

// A short form's dot goes with it, unless it ends a sentence.
std::size_t with_dot(Tokens const& tokens, std::size_t at) {
  if (!is_sign(tokens, at + 1, ".") || !is_joined(tokens, at + 1)) return 1;
  if (at + 2 >= tokens.size()) return 1;
  if (leads_to_name(tokens[at].low)) return 2;
  auto const& next = tokens[at + 2];
  bool const capital = next.text[0] >= 'A' && next.text[0] <= 'Z';
  return next.spaced && capital ? 1 : 2;
}

std::optional<Match> short_form(Tokens const& tokens, std::size_t at) {
  auto const& token = token_at(tokens, at);
  if (token.kind != TokenKind::word) return std::nullopt;
  auto const count = with_dot(tokens, at);
  if (token.low == "dr" && count == 2) return Match{2, "dokter"};
  if (auto const full = full_word(token.low)) {
    bool const whole_word = token.low == "air";
    return Match{whole_word ? std::size_t{1} : count, std::string(*full)};
  }
  if (auto const full = full_word_if_marked(token.low);
      full && (count == 2 || is_number(tokens, at + 1)))
    return Match{count, std::string(*full)};
  return std::nullopt;
}

// "23-25 Nov": the day is behind us already
std::optional<Match> month(Tokens const& tokens, std::size_t at) {
  if (!is_word(tokens, at) || token_before(tokens, at).kind != TokenKind::number)
    return std::nullopt;
  auto const name = month_name(tokens[at].low);
  if (!name) return std::nullopt;
  return Match{with_dot(tokens, at), std::string(*name)};
}

// "hati-hati", "Jum'at"
std::optional<Match> joined_words(Tokens const& tokens, std::size_t at) {
  if (!is_word(tokens, at) || !is_sign(tokens, at + 1, "-'") || !is_joined(tokens, at + 1) ||
      !is_word(tokens, at + 2) || !is_joined(tokens, at + 2))
    return std::nullopt;
  if (is_said_as_letters(tokens[at]) || is_said_as_letters(tokens[at + 2])) return std::nullopt;
  auto const between = tokens[at + 1].text == "-" ? "-" : "";
  return Match{3, tokens[at].text + between + tokens[at + 2].text};
}

constexpr std::array<Rule, 7> table = {until,      roman, single_letter, acronym,
                                       short_form, month, joined_words};

}  // namespace

std::span<Rule const> word_rules() {
  return table;
}

}  // namespace siaga::radio
