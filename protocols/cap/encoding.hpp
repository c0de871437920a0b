// encoding: whatever character encoding an XML document is in, as UTF-8.
//
// Place:  xml_reader -> ENCODING -> libxml2, which then sees UTF-8 only.
// Thread: any; pure.
// Takes:  UTF-8 and US-ASCII (with or without byte order mark), UTF-16 of either order, ISO-8859-1.
// See:    XML 1.0 appendix F. Whether UTF-8 is well-formed is left to the parser.
#pragma once

#include <string>
#include <string_view>

namespace siaga::cap {

enum class EncodingFault { none, nul, unreadable };

struct Utf8 {
  EncodingFault fault = EncodingFault::none;
  std::string_view text;  // the input itself, less its mark; or what was put into `storage`
  std::string name;       // of the encoding that cannot be read
};

Utf8 as_utf8(std::string_view bytes, std::string& storage);

}  // namespace siaga::cap
