// values: what CAP writes inside one element, taken apart strictly: times, lists, tags, URIs,
// numbers, base64. Pure.
//
// Place:  understand -> VALUES.
// Thread: any.
// See:    CAP-v1.2 sections 3.2 and 3.3.2; XML Schema part 2 (dateTime, language, decimal,
//         integer); RFC 3986 for URIs, RFC 4648 for base64. White space around a value is the
//         caller's to trim.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/domain/alert.hpp"

namespace siaga::cap {

enum class TimeFault { none, form, offset, fraction, calendar };
TimeFault parse_time(std::string_view text, UtcTime& time);
// A time as CAP writes it; UTC itself is -00:00, never Z.
CapTime cap_time(UtcTime time, std::chrono::minutes offset);

bool is_language(std::string_view text);

// "one two \"three words\""; nullopt on an unbalanced or empty quote.
std::optional<std::vector<std::string>> parse_names(std::string_view text);
std::string names_text(std::vector<std::string> const& names);

// "sender,identifier,sent ..."; on failure `culprit` is the item that is not.
std::optional<std::vector<Reference>> parse_references(std::string_view text,
                                                       std::string_view& culprit);
std::string references_text(std::vector<Reference> const& references);

enum class UriKind { absolute, relative, none };
UriKind uri_kind(std::string_view text);

bool is_decimal(std::string_view text);
std::optional<double> parse_decimal(std::string_view text);
std::optional<std::int64_t> parse_integer(std::string_view text);

bool is_base64(std::string_view text);
std::optional<std::string> decode_base64(std::string_view text);
bool is_sha1(std::string_view text);
// "64", "64.74", "64.74.01", "64.74.01.1003"
bool is_kemendagri(std::string_view text);

// Splits at white space; the next item, empty at the end.
std::string_view next_item(std::string_view& rest);

}  // namespace siaga::cap
