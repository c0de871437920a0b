// repeated_key: finds the first key that the outermost JSON object has twice. A parser that keeps
// only the last would hide the other value.
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
