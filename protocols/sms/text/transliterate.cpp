#include "protocols/sms/text/transliterate.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "protocols/sms/text/gsm.hpp"
#include "protocols/sms/text/unicode.hpp"

namespace siaga::sms {
namespace {

struct Substitute {
  char32_t first, last;  // a range of characters
  std::string_view plain;
};

// Sorted by character.
constexpr auto typography = std::to_array<Substitute>({
    {0x09, 0x09, " "},      {0x60, 0x60, "'"},      {0xA0, 0xA0, " "},       {0xAB, 0xAB, "\""},
    {0xAD, 0xAD, ""},       {0xB4, 0xB4, "'"},      {0xB7, 0xB7, "."},       {0xBB, 0xBB, "\""},
    {0xD7, 0xD7, "x"},      {0x02BB, 0x02BD, "'"},  {0x2000, 0x200A, " "},   {0x200B, 0x200F, ""},
    {0x2010, 0x2015, "-"},  {0x2018, 0x201B, "'"},  {0x201C, 0x201F, "\""},  {0x2022, 0x2023, "-"},
    {0x2024, 0x2024, "."},  {0x2025, 0x2025, ".."}, {0x2026, 0x2026, "..."}, {0x2028, 0x2029, "\n"},
    {0x202A, 0x202E, ""},   {0x202F, 0x202F, " "},  {0x2032, 0x2032, "'"},   {0x2033, 0x2033, "\""},
    {0x2039, 0x203A, "'"},  {0x2043, 0x2043, "-"},  {0x2044, 0x2044, "/"},   {0x205F, 0x205F, " "},
    {0x2060, 0x2060, ""},   {0x2192, 0x2192, "->"}, {0x2212, 0x2212, "-"},   {0x2264, 0x2264, "<="},
    {0x2265, 0x2265, ">="}, {0x25CF, 0x25CF, "-"},  {0x3000, 0x3000, " "},   {0xFEFF, 0xFEFF, ""},
});

// What looks different afterwards, but can still be read.
constexpr auto letters = std::to_array<Substitute>({
    {0xA9, 0xA9, "(c)"},    {0xAE, 0xAE, "(R)"},   {0xB0, 0xB0, " "},     {0xB1, 0xB1, "+/-"},
    {0xB2, 0xB2, "2"},      {0xB3, 0xB3, "3"},     {0xB9, 0xB9, "1"},     {0xBC, 0xBC, "1/4"},
    {0xBD, 0xBD, "1/2"},    {0xBE, 0xBE, "3/4"},   {0xC0, 0xC3, "A"},     {0xC8, 0xCB, "E"},
    {0xCC, 0xCF, "I"},      {0xD0, 0xD0, "D"},     {0xD2, 0xD5, "O"},     {0xD9, 0xDB, "U"},
    {0xDD, 0xDD, "Y"},      {0xDE, 0xDE, "Th"},    {0xE1, 0xE3, "a"},     {0xE7, 0xE7, "c"},
    {0xEA, 0xEB, "e"},      {0xED, 0xEF, "i"},     {0xF0, 0xF0, "d"},     {0xF3, 0xF5, "o"},
    {0xFA, 0xFB, "u"},      {0xFD, 0xFD, "y"},     {0xFE, 0xFE, "th"},    {0xFF, 0xFF, "y"},
    {0x0100, 0x0105, "a"},  {0x0106, 0x010D, "c"}, {0x010E, 0x0111, "d"}, {0x0112, 0x011B, "e"},
    {0x011C, 0x0123, "g"},  {0x0124, 0x0127, "h"}, {0x0128, 0x0131, "i"}, {0x0134, 0x0135, "j"},
    {0x0136, 0x0138, "k"},  {0x0139, 0x0142, "l"}, {0x0143, 0x014B, "n"}, {0x014C, 0x0151, "o"},
    {0x0152, 0x0153, "oe"}, {0x0154, 0x0159, "r"}, {0x015A, 0x0161, "s"}, {0x0162, 0x0167, "t"},
    {0x0168, 0x0173, "u"},  {0x0174, 0x0175, "w"}, {0x0176, 0x0178, "y"}, {0x0179, 0x017E, "z"},
    {0x0300, 0x036F, ""},   {0x20D0, 0x20FF, ""},  {0x2190, 0x21FF, ""},  {0x2300, 0x23FF, ""},
    {0x2460, 0x27BF, ""},   {0x2B00, 0x2BFF, ""},  {0xFE00, 0xFE0F, ""},  {0x1F000, 0x1FAFF, ""},
});

template <std::size_t N>
std::optional<std::string_view> find(std::array<Substitute, N> const& table, char32_t c) {
  auto const it = std::find_if(table.begin(), table.end(),
                               [c](Substitute const& s) { return c >= s.first && c <= s.last; });
  if (it == table.end()) return std::nullopt;
  return it->plain;
}

}  // namespace

std::string plain_typography(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  while (!text.empty()) {
    char32_t const c = next_character(text);
    auto const substitute = gsm_length(c) > 0 ? std::nullopt : find(typography, c);
    if (substitute) {
      plain.append(*substitute);
    } else {
      append_utf8(plain, c);
    }
  }
  return plain;
}

std::optional<std::string> plain_letters(std::string_view text) {
  std::string const tidy = plain_typography(text);
  std::string plain;
  plain.reserve(tidy.size());
  std::string_view rest = tidy;
  while (!rest.empty()) {
    char32_t const c = next_character(rest);
    if (gsm_length(c) > 0) {
      append_utf8(plain, c);
    } else if (auto const substitute = find(letters, c)) {
      plain.append(*substitute);
    } else {
      return std::nullopt;
    }
  }
  return plain;
}

}  // namespace siaga::sms
