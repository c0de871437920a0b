// topic: the MQTT topics on which the gateway may publish: short ones of plain text. A broker ends
// the connection at a topic that it does not accept, and every message on its way is lost with it.
//
// Place:  ports/response_topics, journal's receipts, settings of [mqtt]. Pure.
// Thread: any.
// Units:  bytes of UTF-8.
// See:    MQTT 5.0, sections 1.5.4 and 4.7; decisions/0024-one-sender-stops-nobody.md
#pragma once

#include <cstddef>
#include <string_view>

namespace siaga {

inline constexpr std::size_t topic_bytes_max = 256;
inline constexpr std::size_t topic_levels_max = 8;

// UTF-8 without control characters and non-characters, within the bounds, no level empty, no
// wildcard, and not one of the broker's own ($SYS).
bool is_plain_topic(std::string_view topic);
// A plain topic in which a level may be `+` and the last may be `#`.
bool is_topic_pattern(std::string_view pattern);
// `pattern` as a subscription: "a/#" fits "a" and everything below it.
bool fits(std::string_view topic, std::string_view pattern);

}  // namespace siaga
