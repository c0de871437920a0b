#include "protocols/sms/text/plain_forms.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace siaga::sms {
namespace {

// Latin letters without their accents, block by block; a space where there is no such letter.
constexpr std::string_view latin_1 =
    "AAAAAA CEEEEIIIIDNOOOOO OUUUUY  aaaaaa ceeeeiiiidnooooo ouuuuy y";
constexpr std::string_view extended_a =
    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi  JjKkkLlLlLlL"
    "lLlNnNnNnnNnOoOoOo  RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";
constexpr std::string_view extended_b =
    " B        D    E Ff     Kk      Oo             Uu  YyZz         "
    "             AaIiOoUuUuUuUuUueAaAa  GgGgKkOoOo  j   Gg  NnAa    "
    "AaAaEeEeIiIiOoOoRrRrUuUuSsTt  Hh      AaEeOoOoOoOoYy            "
    "                ";
constexpr std::string_view additional =
    "AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMm"
    "MmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRrSsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVv"
    "WwWwWwWwWwXxXxYyZzZzZzhtwy s    AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEe"
    "EeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy      ";

struct Block {
  char32_t first;
  std::string_view letters;
};
constexpr auto blocks = std::to_array<Block>(
    {{0xC0, latin_1}, {0x0100, extended_a}, {0x0180, extended_b}, {0x1E00, additional}});

// Where the digits 0 to 9 of a script begin.
constexpr auto zeros = std::to_array<char32_t>(
    {0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6,  0x0A66,  0x0AE6,  0x0B66,  0x0BE6, 0x0C66, 0x0CE6,
     0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20,  0x1040,  0x1090,  0x17E0,  0x1810, 0x1946, 0x19D0,
     0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40,  0x1C50,  0x2080,  0xA620,  0xA8D0, 0xA900, 0xA9D0,
     0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6});

struct Sign {
  char32_t first, last;
  std::string_view plain;
};

// Sorted. What comes in rows of numbers is counted by number_of_row.
constexpr auto signs = std::to_array<Sign>({
    {0xA1, 0xA1, "!"},       {0xA2, 0xA2, "c"},       {0xA3, 0xA3, "GBP"},
    {0xA4, 0xA4, ""},        {0xA5, 0xA5, "JPY"},     {0xA6, 0xA6, "/"},
    {0xA7, 0xA7, "S"},       {0xA9, 0xA9, "(c)"},     {0xAA, 0xAA, "a"},
    {0xAC, 0xAC, "-"},       {0xAE, 0xAE, "(R)"},     {0xB0, 0xB0, " "},
    {0xB1, 0xB1, "+/-"},     {0xB2, 0xB2, "2"},       {0xB3, 0xB3, "3"},
    {0xB5, 0xB5, "u"},       {0xB6, 0xB6, ""},        {0xB9, 0xB9, "1"},
    {0xBA, 0xBA, "o"},       {0xBC, 0xBC, "1/4"},     {0xBD, 0xBD, "1/2"},
    {0xBE, 0xBE, "3/4"},     {0xBF, 0xBF, "?"},       {0xC6, 0xC6, "AE"},
    {0xDE, 0xDE, "Th"},      {0xDF, 0xDF, "ss"},      {0xE6, 0xE6, "ae"},
    {0xF7, 0xF7, "/"},       {0xFE, 0xFE, "th"},      {0x0132, 0x0132, "IJ"},
    {0x0133, 0x0133, "ij"},  {0x0152, 0x0152, "OE"},  {0x0153, 0x0153, "oe"},
    {0x01C4, 0x01C4, "DZ"},  {0x01C5, 0x01C5, "Dz"},  {0x01C6, 0x01C6, "dz"},
    {0x01C7, 0x01C7, "LJ"},  {0x01C8, 0x01C8, "Lj"},  {0x01C9, 0x01C9, "lj"},
    {0x01CA, 0x01CA, "NJ"},  {0x01CB, 0x01CB, "Nj"},  {0x01CC, 0x01CC, "nj"},
    {0x01FC, 0x01FC, "AE"},  {0x01FD, 0x01FD, "ae"},  {0x0253, 0x0253, "b"},
    {0x0257, 0x0257, "d"},   {0x0259, 0x0259, "e"},   {0x02B0, 0x02B0, "h"},
    {0x02C6, 0x02C6, "^"},   {0x02DC, 0x02DC, "~"},   {0x0300, 0x036F, ""},
    {0x060C, 0x060C, ","},   {0x061B, 0x061B, ";"},   {0x061F, 0x061F, "?"},
    {0x0640, 0x0640, ""},    {0x066A, 0x066A, "%"},   {0x066B, 0x066B, "."},
    {0x066C, 0x066C, ","},   {0x06D4, 0x06D4, "."},   {0x0964, 0x0965, "."},
    {0x0E3F, 0x0E3F, "THB"}, {0x1E9E, 0x1E9E, "SS"},  {0x2016, 0x2016, "|"},
    {0x2020, 0x2020, "+"},   {0x2021, 0x2021, "++"},  {0x2030, 0x2030, "o/oo"},
    {0x2034, 0x2034, "\"'"}, {0x2070, 0x2070, "0"},   {0x2074, 0x2074, "4"},
    {0x2075, 0x2075, "5"},   {0x2076, 0x2076, "6"},   {0x2077, 0x2077, "7"},
    {0x2078, 0x2078, "8"},   {0x2079, 0x2079, "9"},   {0x207A, 0x207A, "+"},
    {0x207B, 0x207B, "-"},   {0x207F, 0x207F, "n"},   {0x20A6, 0x20A6, "NGN"},
    {0x20A8, 0x20A8, "Rs"},  {0x20A9, 0x20A9, "KRW"}, {0x20AA, 0x20AA, "ILS"},
    {0x20AB, 0x20AB, "VND"}, {0x20AC, 0x20AC, "EUR"}, {0x20B1, 0x20B1, "PHP"},
    {0x20B4, 0x20B4, "UAH"}, {0x20B9, 0x20B9, "INR"}, {0x20BA, 0x20BA, "TRY"},
    {0x20BD, 0x20BD, "RUB"}, {0x20BF, 0x20BF, "BTC"}, {0x20D0, 0x20FF, ""},
    {0x2103, 0x2103, " C"},  {0x2109, 0x2109, " F"},  {0x2113, 0x2113, "l"},
    {0x2116, 0x2116, "No"},  {0x2117, 0x2117, "(P)"}, {0x2120, 0x2120, "SM"},
    {0x2121, 0x2121, "TEL"}, {0x2122, 0x2122, "TM"},  {0x2126, 0x2126, "Ohm"},
    {0x212A, 0x212A, "K"},   {0x212B, 0x212B, "A"},   {0x2153, 0x2153, "1/3"},
    {0x2154, 0x2154, "2/3"}, {0x215B, 0x215B, "1/8"}, {0x215C, 0x215C, "3/8"},
    {0x215D, 0x215D, "5/8"}, {0x215E, 0x215E, "7/8"}, {0x2190, 0x2190, "<-"},
    {0x2191, 0x2191, "^"},   {0x2192, 0x2192, "->"},  {0x2193, 0x2193, "v"},
    {0x2194, 0x2194, "<->"}, {0x21D0, 0x21D0, "<="},  {0x21D2, 0x21D2, "=>"},
    {0x21D4, 0x21D4, "<=>"}, {0x2215, 0x2215, "/"},   {0x2217, 0x2217, "*"},
    {0x2219, 0x2219, "."},   {0x221E, 0x221E, "oo"},  {0x2223, 0x2223, "|"},
    {0x2236, 0x2236, ":"},   {0x223C, 0x223C, "~"},   {0x2248, 0x2248, "~"},
    {0x2260, 0x2260, "!="},  {0x226A, 0x226A, "<<"},  {0x226B, 0x226B, ">>"},
    {0x22C5, 0x22C5, "."},   {0x2500, 0x2501, "-"},   {0x2502, 0x2503, "|"},
    {0x2605, 0x2606, "*"},   {0x260E, 0x260F, "Tel"}, {0x2610, 0x2610, "[ ]"},
    {0x2611, 0x2612, "[x]"}, {0x2640, 0x2640, "f"},   {0x2642, 0x2642, "m"},
    {0x26A0, 0x26A0, "!"},   {0x2713, 0x2714, "v"},   {0x2716, 0x2718, "x"},
    {0x2757, 0x2757, "!"},   {0x2753, 0x2753, "?"},   {0x279C, 0x279C, "->"},
    {0x27A1, 0x27A1, "->"},  {0x2B05, 0x2B05, "<-"},  {0x2B06, 0x2B06, "^"},
    {0x2B07, 0x2B07, "v"},   {0x3001, 0x3001, ","},   {0x3002, 0x3002, "."},
    {0x3008, 0x3008, "<"},   {0x3009, 0x3009, ">"},   {0x300A, 0x300B, "\""},
    {0x300C, 0x300F, "\""},  {0x3010, 0x3010, "["},   {0x3011, 0x3011, "]"},
    {0x301C, 0x301C, "~"},   {0xFB00, 0xFB00, "ff"},  {0xFB01, 0xFB01, "fi"},
    {0xFB02, 0xFB02, "fl"},  {0xFB03, 0xFB03, "ffi"}, {0xFB04, 0xFB04, "ffl"},
    {0xFB05, 0xFB06, "st"},  {0xFE00, 0xFE0F, ""},    {0xFE20, 0xFE2F, ""},
    {0xFF40, 0xFF40, "'"},   {0xFFE0, 0xFFE0, "c"},   {0xFFE1, 0xFFE1, "GBP"},
    {0xFFE5, 0xFFE5, "JPY"},
});

// Pictures, each a word of its own in a text: weather, cars, faces, flags.
constexpr auto pictures = std::to_array<Sign>({{0x2300, 0x23FF, ""},
                                               {0x25A0, 0x27BF, ""},
                                               {0x2900, 0x297F, ""},
                                               {0x2B00, 0x2BFF, ""},
                                               {0x1F000, 0x1FAFF, ""}});

// Greek letters from U+0391 to U+03C9; what is empty is no letter.
constexpr std::array<std::string_view, 57> greek{
    "A", "V", "G", "D", "E", "Z", "I", "Th", "I",  "K",  "L",  "M", "N", "X", "O",
    "P", "R", "",  "S", "T", "Y", "F", "Ch", "Ps", "O",  "I",  "Y", "a", "e", "i",
    "i", "y", "a", "v", "g", "d", "e", "z",  "i",  "th", "i",  "k", "l", "m", "n",
    "x", "o", "p", "r", "s", "s", "t", "y",  "f",  "ch", "ps", "o"};
constexpr auto accented_greek = std::to_array<Sign>({{0x0386, 0x0386, "A"},
                                                     {0x0388, 0x0388, "E"},
                                                     {0x0389, 0x038A, "I"},
                                                     {0x038C, 0x038C, "O"},
                                                     {0x038E, 0x038E, "Y"},
                                                     {0x038F, 0x038F, "O"},
                                                     {0x0390, 0x0390, "i"},
                                                     {0x03CA, 0x03CA, "i"},
                                                     {0x03CB, 0x03CB, "y"},
                                                     {0x03CC, 0x03CC, "o"},
                                                     {0x03CD, 0x03CD, "y"},
                                                     {0x03CE, 0x03CE, "o"}});

// Capitals from U+0400 to U+042F; the small letters follow in the same order, from U+0430 those of
// U+0410 on, from U+0450 those of U+0400 on.
constexpr std::array<std::string_view, 48> cyrillic{
    "E", "Yo", "Dj", "G", "Ye", "Z",  "I",  "Yi", "J",  "Lj",   "Nj", "C", "K", "I", "U",  "Dz",
    "A", "B",  "V",  "G", "D",  "E",  "Zh", "Z",  "I",  "Y",    "K",  "L", "M", "N", "O",  "P",
    "R", "S",  "T",  "U", "F",  "Kh", "Ts", "Ch", "Sh", "Shch", "",   "Y", "",  "E", "Yu", "Ya"};
// Pairs of capital and small letter.
constexpr auto more_cyrillic = std::to_array<Sign>({{0x0490, 0x0491, "G"},
                                                    {0x0492, 0x0493, "G"},
                                                    {0x0496, 0x0497, "Zh"},
                                                    {0x049A, 0x049B, "Q"},
                                                    {0x04A2, 0x04A3, "N"},
                                                    {0x04AE, 0x04AF, "U"},
                                                    {0x04B0, 0x04B1, "U"},
                                                    {0x04B2, 0x04B3, "H"},
                                                    {0x04BA, 0x04BB, "H"},
                                                    {0x04D8, 0x04D9, "A"},
                                                    {0x04E8, 0x04E9, "O"}});

struct Composition {
  char32_t letter, mark, both;
};
constexpr auto compositions = std::to_array<Composition>({{U'a', 0x300, U'à'},
                                                          {U'e', 0x300, U'è'},
                                                          {U'i', 0x300, U'ì'},
                                                          {U'o', 0x300, U'ò'},
                                                          {U'u', 0x300, U'ù'},
                                                          {U'e', 0x301, U'é'},
                                                          {U'E', 0x301, U'É'},
                                                          {U'n', 0x303, U'ñ'},
                                                          {U'N', 0x303, U'Ñ'},
                                                          {U'a', 0x308, U'ä'},
                                                          {U'o', 0x308, U'ö'},
                                                          {U'u', 0x308, U'ü'},
                                                          {U'A', 0x308, U'Ä'},
                                                          {U'O', 0x308, U'Ö'},
                                                          {U'U', 0x308, U'Ü'},
                                                          {U'a', 0x30A, U'å'},
                                                          {U'A', 0x30A, U'Å'},
                                                          {U'C', 0x327, U'Ç'}});

template <std::size_t N>
Sign const* find(std::array<Sign, N> const& table, char32_t c) noexcept {
  auto const* const found = std::find_if(
      table.data(), table.data() + N, [c](Sign const& s) { return c >= s.first && c <= s.last; });
  return found == table.data() + N ? nullptr : found;
}

std::optional<std::string> digit(char32_t c) {
  for (auto const zero : zeros)
    if (c >= zero && c < zero + 10) return std::string(1, static_cast<char>('0' + (c - zero)));
  return std::nullopt;
}

// "3" of a circled, bracketed or full-stopped 3.
std::optional<std::string> number_in_row(char32_t c) {
  struct Row {
    char32_t first, last;
  };
  constexpr auto rows = std::to_array<Row>({{0x2460, 0x2473},
                                            {0x2474, 0x2487},
                                            {0x2488, 0x249B},
                                            {0x24F5, 0x24FE},
                                            {0x2776, 0x277F},
                                            {0x2780, 0x2789},
                                            {0x278A, 0x2793}});
  for (auto const& row : rows)
    if (c >= row.first && c <= row.last) return std::to_string(c - row.first + 1);
  return std::nullopt;
}

std::optional<std::string> roman_number(char32_t c) {
  constexpr std::array<std::string_view, 12> numbers{"I",   "II",   "III", "IV", "V",  "VI",
                                                     "VII", "VIII", "IX",  "X",  "XI", "XII"};
  if (c >= 0x2160 && c <= 0x216B) return std::string(numbers[c - 0x2160]);
  if (c >= 0x2170 && c <= 0x217B) return std::string(numbers[c - 0x2170]);
  return std::nullopt;
}

std::string in_small_letters(std::string_view text) {
  std::string small(text);
  for (auto& c : small)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return small;
}

std::optional<std::string> cyrillic_form(char32_t c) {
  if (c >= 0x0400 && c <= 0x042F) return std::string(cyrillic[c - 0x0400]);
  if (c >= 0x0430 && c <= 0x044F) return in_small_letters(cyrillic[c - 0x0430 + 16]);
  if (c >= 0x0450 && c <= 0x045F) return in_small_letters(cyrillic[c - 0x0450]);
  auto const* more = find(more_cyrillic, c);
  if (more == nullptr) return std::nullopt;
  return c == more->first ? std::string(more->plain) : in_small_letters(more->plain);
}

}  // namespace

std::optional<std::string> plain_form(char32_t c) {
  if (auto const* sign = find(signs, c)) return std::string(sign->plain);
  for (auto const& block : blocks) {
    if (c < block.first || c >= block.first + block.letters.size()) continue;
    char const letter = block.letters[c - block.first];
    return letter == ' ' ? std::nullopt : std::optional(std::string(1, letter));
  }
  if (c >= 0xFF01 && c <= 0xFF5E) return std::string(1, static_cast<char>(c - 0xFEE0));
  if (auto const one = digit(c)) return one;
  if (auto const number = number_in_row(c)) return number;
  if (auto const number = roman_number(c)) return number;
  return is_picture(c) ? std::optional(std::string()) : std::nullopt;
}

std::optional<std::string> latin_form(char32_t c) {
  constexpr char32_t first_greek = 0x0391;
  if (auto const* accented = find(accented_greek, c)) return std::string(accented->plain);
  if (c >= first_greek && c < first_greek + greek.size() && !greek[c - first_greek].empty())
    return std::string(greek[c - first_greek]);
  return cyrillic_form(c);
}

bool is_picture(char32_t c) noexcept {
  return find(pictures, c) != nullptr;
}

char32_t composed(char32_t letter, char32_t mark) noexcept {
  if (mark < 0x300 || mark > 0x327) return 0;
  for (auto const& one : compositions)
    if (one.letter == letter && one.mark == mark) return one.both;
  return 0;
}

}  // namespace siaga::sms
