// national_tables: the national language tables themselves.
//
// Place:  beneath national. Pure.
// Units:  characters by septet code, column by column as the standard prints them; 0 where there is
//         none, and at the escape.
// See:    3GPP TS 23.038, annex A.
#pragma once

#include "protocols/sms/text/national.hpp"

namespace siaga::sms {

using Table = std::array<char16_t, 128>;

// None when the language has no such table.
Table const* locking_table(Language language) noexcept;
Table const* single_shift_table(Language language) noexcept;

}  // namespace siaga::sms
