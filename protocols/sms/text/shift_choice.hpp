// shift_choice: which national tables can write a text, and in how many septets.
//
// Place:  segment, for a text the default alphabet cannot write. Pure.
// Units:  septets, escapes counted; the header elements that name the tables are not in them.
// Rule:   locking and single shift tables may be of two languages; either may be absent.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "protocols/sms/text/national.hpp"

namespace siaga::sms {

struct ShiftChoice {
  Shifts shifts;
  std::size_t septets = 0;
};

// Octets of the elements that name the tables in a user data header.
std::size_t shift_octets(Shifts const& shifts) noexcept;

// Every pair of tables that writes the whole text, the fewest septets, header elements counted in,
// first.
std::vector<ShiftChoice> shift_choices(std::u32string_view text, Languages allowed);

}  // namespace siaga::sms
