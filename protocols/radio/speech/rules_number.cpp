#include <algorithm>
#include <array>
#include <cctype>

#include "protocols/radio/speech/lexicon.hpp"
#include "protocols/radio/speech/rules.hpp"

namespace siaga::radio {
namespace {

// "kode 4821", "kode: 4821"
std::optional<Match> code(Tokens const& tokens, std::size_t at) {
  if (token_at(tokens, at).low != "kode") return std::nullopt;
  auto next = at + 1;
  while (is_sign(tokens, next, ":=,")) ++next;
  if (!is_number(tokens, next, 2, 12)) return std::nullopt;
  return Match{next + 1 - at, "kode, " + digit_by_digit(tokens[next].text)};
}

// A long run in groups of four, as people dictate it.
std::string in_groups(std::string_view digits) {
  std::string spoken;
  while (!digits.empty()) {
    auto const size = digits.size() <= 5 ? digits.size() : std::size_t{4};
    if (!spoken.empty()) spoken += ", ";
    spoken += digits_together(digits.substr(0, size));
    digits.remove_prefix(size);
  }
  return spoken;
}

// "0812-3456-7890", "+62 812 3456 7890", "(0548) 21110"
std::optional<Match> telephone(Tokens const& tokens, std::size_t at) {
  auto next = at;
  bool const abroad = is_sign(tokens, next, "+");
  if (abroad || is_sign(tokens, next, "(")) ++next;
  if (!is_number(tokens, next) || (!abroad && tokens[next].text[0] != '0')) return std::nullopt;
  std::string spoken;
  std::size_t digits = 0;
  for (;;) {
    auto const& group = tokens[next].text;
    digits += group.size();
    if (!spoken.empty()) spoken += ", ";
    spoken += in_groups(group);
    auto after = next + 1;
    if (is_sign(tokens, after, "-.)")) ++after;
    if (!is_number(tokens, after, 3)) break;
    next = after;
  }
  if (digits < 8) return std::nullopt;
  return Match{next + 1 - at, spoken};
}

constexpr std::array<std::string_view, 10> emergency_numbers = {"110", "112", "113", "115", "117",
                                                                "118", "119", "122", "123", "129"};
constexpr std::array<std::string_view, 13> contact_words = {
    "hubungi", "hub",       "telepon", "telp",    "tlp",    "call",   "center",
    "nomor",   "panggilan", "darurat", "layanan", "kontak", "hotline"};

// A long number and a comma or stroke before: "0548-21110 / 112"
bool follows_telephone(Tokens const& tokens, std::size_t at) {
  if (at < 2) return false;
  auto const& between = tokens[at - 1];
  bool const listed = is_sign(tokens, at - 1, "/,") || between.low == "atau";
  return listed && is_number(tokens, at - 2, 5);
}

// "hubungi 112", but "112 orang"
std::optional<Match> emergency(Tokens const& tokens, std::size_t at) {
  if (!is_number(tokens, at, 3, 3)) return std::nullopt;
  if (std::ranges::find(emergency_numbers, tokens[at].text) == emergency_numbers.end())
    return std::nullopt;
  if (follows_telephone(tokens, at)) return Match{1, digits_together(tokens[at].text)};
  for (std::size_t back = 1; back <= 4 && back <= at; ++back)
    if (std::ranges::find(contact_words, tokens[at - back].low) != contact_words.end())
      return Match{1, digits_together(tokens[at].text)};
  return std::nullopt;
}

struct Amount {
  std::size_t count = 0;  // tokens; 0 = none here
  std::string spoken;
};

bool is_fraction(Tokens const& tokens, std::size_t at, std::string_view mark) {
  return is_sign(tokens, at, mark) && is_joined(tokens, at) && is_number(tokens, at + 1) &&
         is_joined(tokens, at + 1);
}

// "1.250", "5,6", "5.6" (said with a comma), "007" (digit by digit)
Amount amount_at(Tokens const& tokens, std::size_t at) {
  if (!is_number(tokens, at, 1, 5000)) return {};
  auto const& head = tokens[at].text;
  std::string spoken = head;
  auto next = at + 1;
  while (head.size() <= 3 && is_fraction(tokens, next, ".") && tokens[next + 1].text.size() == 3) {
    spoken += '.' + tokens[next + 1].text;
    next += 2;
  }
  if (is_fraction(tokens, next, ",.") && tokens[next + 1].text.size() <= 3) {
    spoken += ',' + tokens[next + 1].text;
    next += 2;
  }
  if (next == at + 1 && ((head.size() > 1 && head[0] == '0') || head.size() > 9))
    spoken = in_groups(head);
  return {next - at, spoken};
}

std::string_view per_what(std::string_view low) {
  if (low == "jam" || low == "h" || low == "j") return "jam";
  if (low == "s" || low == "dtk" || low == "detik") return "detik";
  if (low == "mnt" || low == "menit") return "menit";
  if (low == "hari") return "hari";
  return {};
}

std::optional<std::string_view> unit_of(Token const& token) {
  if (auto const exact = unit_name(token.text)) return exact;
  if (token.text.size() < 2) return std::nullopt;
  return unit_name(token.low);
}

// The unit behind an amount: " persen", " kilometer per jam", " meter persegi"; empty when none.
Amount unit_at(Tokens const& tokens, std::size_t at) {
  if (is_sign(tokens, at, "%")) return {1, " persen"};
  if (is_sign(tokens, at, "^"))
    return token_at(tokens, at + 1).text == "C" ? Amount{2, " derajat Celsius"}
                                                : Amount{1, " derajat"};
  if (!is_word(tokens, at)) return {};
  auto const unit = unit_of(tokens[at]);
  if (!unit) return {};
  Amount result{1, ' ' + std::string(*unit)};
  if (is_number(tokens, at + 1, 1, 1) && is_joined(tokens, at + 1)) {
    if (tokens[at + 1].text == "2") return {2, result.spoken + " persegi"};
    if (tokens[at + 1].text == "3") return {2, result.spoken + " kubik"};
  }
  if (is_sign(tokens, at + 1, "/"))
    if (auto const per = per_what(token_at(tokens, at + 2).low); !per.empty())
      return {3, result.spoken + " per " + std::string(per)};
  return result;
}

std::optional<Match> quantity(Tokens const& tokens, std::size_t at) {
  auto next = at;
  bool const below_zero =
      is_sign(tokens, at, "-") && token_at(tokens, at).spaced && is_joined(tokens, at + 1);
  if (below_zero) ++next;
  auto const first = amount_at(tokens, next);
  if (first.count == 0) return std::nullopt;
  auto text = (below_zero ? "minus " : "") + first.spoken;
  next += first.count;
  auto const nearer_unit = unit_at(tokens, next);  // "150 cm-200 cm"
  if (is_sign(tokens, next + nearer_unit.count, "-")) {
    auto const second = amount_at(tokens, next + nearer_unit.count + 1);
    if (second.count > 0) {
      text += nearer_unit.spoken + " sampai " + second.spoken;
      next += nearer_unit.count + 1 + second.count;
    }
  }
  auto const unit = unit_at(tokens, next);
  return Match{next + unit.count - at, text + unit.spoken};
}

// "Rp 1.500.000,-", "Rp5 juta"
std::optional<Match> rupiah(Tokens const& tokens, std::size_t at) {
  if (token_at(tokens, at).low != "rp") return std::nullopt;
  auto next = at + 1;
  if (is_sign(tokens, next, ".")) ++next;
  auto const amount = amount_at(tokens, next);
  if (amount.count == 0) return std::nullopt;
  next += amount.count;
  auto text = amount.spoken;
  auto const& scale = token_at(tokens, next).low;
  if (scale == "ribu" || scale == "juta" || scale == "miliar" || scale == "triliun") {
    text += ' ' + scale;
    ++next;
  } else if (is_sign(tokens, next, ",") && is_sign(tokens, next + 1, "-")) {
    next += 2;
  }
  return Match{next - at, text + " rupiah"};
}

// "M 5,6", "Mag: 8.5 SR", "Magnitudo 5,6"
std::optional<Match> magnitude(Tokens const& tokens, std::size_t at) {
  auto const& token = token_at(tokens, at);
  if (token.text != "M" && token.low != "mag" && token.low != "magnitudo") return std::nullopt;
  auto next = at + 1;
  if (is_sign(tokens, next, ":=.")) ++next;
  auto const amount = amount_at(tokens, next);
  if (amount.count == 0 || (token.text == "M" && amount.count == 1)) return std::nullopt;
  next += amount.count;
  if (token_at(tokens, next).text == "SR") ++next;
  return Match{next - at, "magnitudo " + amount.spoken};
}

constexpr std::array<Rule, 6> table = {code, telephone, emergency, rupiah, magnitude, quantity};

}  // namespace

std::span<Rule const> number_rules() {
  return table;
}

}  // namespace siaga::radio
