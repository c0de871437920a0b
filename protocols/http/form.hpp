// form: an application/x-www-form-urlencoded body to its fields, and text made safe for HTML. Pure.
//
// Place:  ack page.
// Thread: any.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace siaga::http {

// Broken escapes stand as they are; a repeated key keeps its first value; at most 16 fields.
std::map<std::string, std::string> form_fields(std::string_view body);
std::string escaped(std::string_view text);

}  // namespace siaga::http
