// repeated_key: the first key that the outermost JSON object has twice; a parser that keeps the
// last of them would hide what was meant.
//
// Place:  wire_json. Pure.
// Thread: any.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace siaga::mqtt {

// `json` has been parsed without error before.
std::optional<std::string> repeated_key(std::string_view json);

}  // namespace siaga::mqtt
