// What several tests read of a JSON text, and the moment that they write into one.
#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "gateway/domain/time.hpp"

namespace siaga::test {

inline constexpr std::chrono::minutes wita{480};
inline constexpr UtcTime half_past_two{std::chrono::milliseconds(1'795'415'400'000)};
inline constexpr char const* written = "2026-11-23T14:30:00+08:00";  // half_past_two in wita

inline std::vector<std::string> keys_of(boost::json::object const& object) {
  std::vector<std::string> keys;
  for (auto const& member : object) keys.emplace_back(member.key());
  return keys;
}

inline boost::json::object read(std::string const& text) {
  return boost::json::parse(text).as_object();
}

}  // namespace siaga::test
