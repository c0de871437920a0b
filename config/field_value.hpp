// Field value: one TOML value as the type a setting wants, or a sentence saying why not.
//
// Place:  table_reader -> FIELD VALUE -> Field::set. Pure.
// Thread: any.
#pragma once

#include <toml++/toml.h>

#include <string>
#include <variant>

#include "gateway/base/fields.hpp"

namespace siaga::config {

// "a number", "text in quotes", ...: what the setting takes, in words.
std::string wanted(Field const& field);

struct WrongValue {
  std::string why;  // "is text, but must be a number: write port = 2775"
};

std::variant<FieldValue, WrongValue> field_value(Field const& field, toml::node const& node);

// The field's sentence as part of another: no capital (but of an abbreviation), no full stop.
std::string phrase(std::string sentence);
// As it is written in a file: "30s", 2775, "64MB", ["a", "b"].
std::string toml_text(Field const& field, FieldValue const& value);
// "must be between 1 and 65535"; empty when the field has no bounds or the value is within.
std::string out_of_range(Field const& field, FieldValue const& value);
// "1 to 65535", "at least 1s"; empty without bounds.
std::string range_text(Field const& field);

}  // namespace siaga::config
