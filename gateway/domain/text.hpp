// Text: words from outside made safe to show, to compare and to quote.
//
// Place:  beneath message, acknowledgement, authorise and routing. Pure.
// Units:  UTF-8 in, valid UTF-8 out; a byte that is not UTF-8 becomes '?'.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "gateway/base/visible.hpp"

namespace siaga {

// One line: white space of every kind collapsed to single spaces, none at the ends; control,
// direction and invisible characters gone, so that no log, mail header or SMS can be forged.
std::string clean_text(std::string_view text);
// clean_text of each paragraph; an empty line stays between them.
std::string clean_paragraphs(std::string_view text);
// clean_text of at most `bytes_max` bytes, ending in "..." when something was left out.
std::string shortened(std::string_view text, std::size_t bytes_max);

// ASCII letters only; the rest is left as it is.
std::string upper_case(std::string_view text);
std::string lower_case(std::string_view text);
bool same_ignoring_case(std::string_view left, std::string_view right);

}  // namespace siaga
