#include "gateway/domain/code.hpp"

#include <algorithm>
#include <array>

namespace siaga {
namespace {

// The quasigroup of H. M. Damm's thesis (2004): totally anti-symmetric, zero diagonal.
constexpr std::array<std::array<std::uint8_t, 10>, 10> quasigroup{{
    {0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
    {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
    {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
    {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
    {6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
    {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
    {5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
    {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
    {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
    {2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
}};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The digit which, put behind, makes the whole come to 0.
std::uint8_t damm(std::string_view digits) {
  std::uint8_t interim = 0;
  for (char const c : digits) interim = quasigroup[interim][static_cast<std::size_t>(c - '0')];
  return interim;
}

}  // namespace

std::string code_of(std::uint32_t number, int digits) {
  auto text = std::to_string(number);
  auto const wanted = static_cast<std::size_t>(std::max(digits - 1, 1));
  if (text.size() < wanted) text.insert(0, wanted - text.size(), '0');
  text += static_cast<char>('0' + damm(text));
  return text;
}

bool is_code(std::string_view text) {
  bool const shaped = (text.size() == 4 || text.size() == 5) && std::ranges::all_of(text, is_digit);
  return shaped && damm(text) == 0;
}

}  // namespace siaga
