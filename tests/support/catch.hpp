// The one include for tests: Catch2 version 2 (Debian 12) or 3 (Debian 13), same words.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
using Catch::Matchers::ContainsSubstring;
#else
#include <catch2/catch.hpp>
inline auto ContainsSubstring(std::string const& text) {
  return Catch::Matchers::Contains(text);
}
#endif

#include "gateway/base/result.hpp"

// A Result in a failed check says why it failed.
template <class T>
struct Catch::StringMaker<boost::system::result<T, siaga::Error>> {
  static std::string convert(boost::system::result<T, siaga::Error> const& result) {
    return result ? "success" : "error: " + result.error().text();
  }
};
