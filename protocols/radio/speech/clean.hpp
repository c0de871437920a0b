// clean: text from anywhere, made safe to hand to a speech program. Pure.
//
// Place:  normalise: CLEAN -> tokens -> rules.
// Rule:   what is left is printable ASCII and Latin letters: no control characters, no markup or [[
//         ]] (espeak-ng reads those as phonemes), no emoji, no links, no mail addresses. Bad UTF-8
//         is dropped. A degree sign becomes '^', which nothing else may be.
#pragma once

#include <string>
#include <string_view>

namespace siaga::radio {

std::string clean(std::string_view text);

}  // namespace siaga::radio
