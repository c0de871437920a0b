// start_tags: how much a document's start tags hold, counted before a parser sees it: libxml2
// compares every attribute of a tag with every other, and every prefix with every declaration.
//
// Place:  xml_reader -> START TAGS, then libxml2; a signature is only looked at in what passed.
// Thread: any; pure; one pass over the bytes, nothing allocated.
// Takes:  UTF-8. Comments, CDATA sections, processing instructions and attribute values are passed
//         over. Nothing is counted after what ends a parser's work: a DOCTYPE, or "<!" of no kind.
// Units:  bytes of one tag with its brackets; attributes of one tag, declarations among them;
//         namespace declarations of the whole document.
// See:    XML 1.0 sections 2.4 to 2.8 and 3.1, tests/cap/start_tags_test.cpp
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "protocols/cap/rules.hpp"

namespace siaga::cap {

inline constexpr std::size_t tag_bytes_max = 8 * 1024;
inline constexpr std::size_t tag_attributes_max = 64;
inline constexpr std::size_t namespaces_max = 256;

struct TooMuch {
  Check check = Check::limit_tag;  // or limit_attributes, limit_namespaces
  std::size_t offset = 0;          // of the tag
  std::size_t most = 0;
};
std::optional<TooMuch> too_much_in_a_tag(std::string_view document) noexcept;

}  // namespace siaga::cap
