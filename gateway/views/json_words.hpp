// json_words: times, enumerations and ids as JSON has them everywhere: RFC 3339 with the gateway's
// offset, CAP's or our words, numbers; null for what is not there.
//
// Place:  views.
// Thread: any; pure.
#pragma once

#include <boost/json.hpp>
#include <optional>

#include "gateway/domain/message.hpp"

namespace siaga::views {

inline std::string stamp(UtcTime time, ZoneName const& zone) {
  return to_rfc3339(time, zone.offset);
}

inline boost::json::value stamp(std::optional<UtcTime> const& time, ZoneName const& zone) {
  return time ? boost::json::value(stamp(*time, zone)) : boost::json::value(nullptr);
}

template <class E>
boost::json::string word(E value) {
  return boost::json::string(to_word(value));
}

template <class Id>
boost::json::value id_or_null(Id const& id) {
  return id.empty() ? boost::json::value(nullptr) : boost::json::value(id.value);
}

// For a cell: nothing for an id that is not there.
inline std::string id_text(std::int64_t id) {
  return id == 0 ? std::string() : std::to_string(id);
}

}  // namespace siaga::views
