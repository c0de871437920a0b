// code: the number by which an officer names an alert. Its last digit is a Damm check digit, so
// that one wrong digit or two swapped neighbours never name another alert.
//
// Place:  Journal::accept gives it, replies check it. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace siaga {

// `number` below 10^(digits-1); answers `digits` digits with leading zeros: (572, 4) gives "5724".
std::string code_of(std::uint32_t number, int digits);
bool is_code(std::string_view text);  // 4 or 5 digits with a right check digit

}  // namespace siaga
