#include "protocols/sms/text/transliterate.hpp"

#include <algorithm>
#include <array>

#include "protocols/sms/text/plain_forms.hpp"
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

std::optional<std::string_view> looks(char32_t c) {
  auto const it = std::find_if(typography.begin(), typography.end(),
                               [c](Substitute const& s) { return c >= s.first && c <= s.last; });
  if (it == typography.end()) return std::nullopt;
  return it->plain;
}

std::optional<std::string> form_of(char32_t c, Loss loss) {
  auto form = plain_form(c);
  if (!form && loss == Loss::script) form = latin_form(c);
  return form;
}

// A picture goes with the space before it where another space, or the end of a clause, follows; a
// sentence of nothing but pictures with its full stop.
void append_after_picture(std::string& plain, char32_t c) {
  bool const closes_gap = c == U' ' || c == U',' || c == U'.';
  if (closes_gap && !plain.empty() && plain.back() == ' ') plain.pop_back();
  bool const is_second_stop = c == U'.' && !plain.empty() && plain.back() == '.';
  if (!is_second_stop) append_utf8(plain, c);
}

}  // namespace

std::string joined_marks(std::string_view text) {
  std::string joined;
  joined.reserve(text.size());
  while (!text.empty()) {
    char32_t c = next_character(text);
    for (auto rest = text; !rest.empty();) {
      char32_t const both = composed(c, next_character(rest));
      if (both == 0) break;
      c = both;
      text = rest;
    }
    append_utf8(joined, c);
  }
  return joined;
}

std::string plain_typography(std::string_view text, Charset network) {
  std::string plain;
  plain.reserve(text.size());
  while (!text.empty()) {
    char32_t const c = next_character(text);
    auto const substitute = seven_bit_length(c, network) > 0 ? std::nullopt : looks(c);
    if (substitute) {
      plain.append(*substitute);
    } else {
      append_utf8(plain, c);
    }
  }
  return plain;
}

std::optional<std::string> plain_letters(std::string_view text, Loss loss, Charset network) {
  std::string const tidy = plain_typography(text, network);
  std::string plain;
  plain.reserve(tidy.size());
  bool picture_gone = false;
  for (std::string_view rest = tidy; !rest.empty();) {
    char32_t const c = next_character(rest);
    if (seven_bit_length(c, network) > 0) {
      if (picture_gone) {
        append_after_picture(plain, c);
      } else {
        append_utf8(plain, c);
      }
      picture_gone = false;
      continue;
    }
    auto const form = form_of(c, loss);
    if (!form) return std::nullopt;
    plain.append(*form);
    picture_gone = form->empty() && (picture_gone || is_picture(c));
  }
  return plain;
}

}  // namespace siaga::sms
