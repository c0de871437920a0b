// Answer texts: the text that is sent back, once, to an answer that changed nothing. Indonesian.
//
// Place:  replies -> ANSWER TEXTS -> RefusedAnswer. Pure.
// Rule:   exercises and tests never look actual: their mark is the text's first word, or, in a list
//         with actual alerts, stands before each of theirs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/ports/journal_types.hpp"

namespace siaga::flow {

std::string text_for_unknown_address();
std::string text_for_wrong_code(std::vector<OpenAlert> const& open);
std::string text_for_no_code(std::vector<OpenAlert> const& open);
std::string text_for_not_understood(std::vector<OpenAlert> const& open);
std::string text_for_closed(std::string_view code, AlertState state);

}  // namespace siaga::flow
