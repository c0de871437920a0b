#include "gateway/domain/sentence.hpp"

#include <algorithm>
#include <array>

#include "gateway/domain/text.hpp"

namespace siaga {
namespace {

// Before a name: "Kel. Lok Tuan"; and before a number only: "No. 5", but "Laporkan ke RT. Tutup
// pagar."
constexpr std::array<std::string_view, 21> before_name{
    "jl", "jln", "gg",  "kel", "kec", "kab",  "prov", "ds", "dsn", "kp", "pt",
    "cv", "dr",  "drs", "ir",  "kol", "kapt", "ipda", "gd", "bpk", "sdr"};
constexpr std::array<std::string_view, 13> before_number{
    "no", "rt", "rw", "tgl", "pkl", "pk", "hub", "telp", "tlp", "hp", "ext", "lt", "blok"};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_mark(char c) {
  return c == '.' || c == '!' || c == '?';
}

template <std::size_t N>
bool among(std::array<std::string_view, N> const& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

// "G", "M.H", "a.n"
bool is_initials(std::string_view word) {
  for (std::size_t i = 0; i < word.size(); ++i)
    if (i % 2 == 0 ? !is_letter(word[i]) : word[i] != '.') return false;
  return word.size() % 2 == 1;
}

// Where the paragraph ends: at a line with nothing on it.
std::string_view first_paragraph(std::string_view text) {
  auto const begins = text.find_first_not_of(" \t\r\n");
  if (begins == std::string_view::npos) return {};
  text.remove_prefix(begins);
  for (auto at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    auto const next = text.find_first_not_of(" \t\r", at + 1);
    if (next != std::string_view::npos && text[next] == '\n') return text.substr(0, at);
  }
  return text;
}

// The full stop at `at` belongs to an abbreviation, an initial, or a number that opens a list.
bool belongs_to_word(std::string_view text, std::size_t at) {
  auto const space = text.rfind(' ', at);
  auto const begins = space == std::string_view::npos ? 0 : space + 1;
  auto word = text.substr(begins, at - begins);
  while (!word.empty() && !is_letter(word.front()) && !is_digit(word.front()))
    word.remove_prefix(1);
  bool const list_number = begins == 0 && !word.empty() && std::ranges::all_of(word, is_digit);
  bool const number_follows = at + 2 < text.size() && is_digit(text[at + 2]);
  auto const low = lower_case(word);
  bool const abbreviated = among(before_name, low) || (number_follows && among(before_number, low));
  return is_initials(word) || list_number || abbreviated;
}

bool ends_sentence(std::string_view text, std::size_t at) {
  if (at + 1 == text.size()) return true;
  if (text[at + 1] != ' ') return false;
  if (text[at] != '.') return true;
  char const next = text[std::min(at + 2, text.size() - 1)];
  bool const goes_on = next >= 'a' && next <= 'z';
  return !goes_on && !belongs_to_word(text, at);
}

}  // namespace

std::string first_sentence(std::string_view text) {
  auto line = clean_text(first_paragraph(text));
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (!is_mark(line[at]) || !ends_sentence(line, at)) continue;
    line.resize(line[at] == '.' ? at : at + 1);
    break;
  }
  auto const last = line.find_last_not_of(" .;,");
  line.resize(last == std::string::npos ? 0 : last + 1);
  return line;
}

}  // namespace siaga
