// language_names: the languages with national tables, as settings name them.
//
// Place:  a link's settings -> LANGUAGE NAMES -> segment. Pure.
// Errors: invalid_configuration names the code nobody knows and those that are known.
#pragma once

#include <string>
#include <vector>

#include "gateway/base/result.hpp"
#include "protocols/sms/text/national.hpp"

namespace siaga::sms {

// ISO 639-1: "tr".
[[nodiscard]] Result<Languages> languages_named(std::vector<std::string> const& codes);

}  // namespace siaga::sms
