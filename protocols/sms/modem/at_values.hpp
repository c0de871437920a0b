// AtValues: the values behind the colon of an AT answer. Pure.
//
// Place:  start-up, storages, registration, PIN counter -> AT VALUES.
// Thread: values; any thread. Everything returned points into the line.
// Bounds: at most `at_values_max` values of a line are looked at.
// Rule:   lenient as modems are: quotes or none, spaces anywhere, brackets around one value or not.
// See:    ITU-T V.250, 5.4.2 and 5.7 (values and lists of them).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace siaga::sms {

constexpr std::size_t at_values_max = 64;

// `0,1` of `+CREG: 0,1`; all of a line without a name.
std::string_view values_of(std::string_view line);
// At commas outside quotes and brackets; each without surrounding spaces.
std::vector<std::string_view> split_values(std::string_view values);
std::string_view unquoted(std::string_view value);
// Decimal, in quotes or not; nothing when it is no number or too big.
std::optional<int> number_of(std::string_view value);

// Whether a list as `AT+X=?` answers it holds `value`: "(0-2,4)", "(0,1)", "1".
bool offers(std::string_view list, int value);
// ME and SM of `("ME","SM")`.
std::vector<std::string> words_of(std::string_view list);

}  // namespace siaga::sms
