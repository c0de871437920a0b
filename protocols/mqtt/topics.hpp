// Topics: which names the gateway listens to and speaks on (contract, section 2). Pure.
//
// Place:  intake, feed, client_once.
// Rule:   an inbound topic has exactly three levels, so that "a/b" can never pass for agency "a".
// Thread: any.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace siaga::mqtt {

inline constexpr std::array<char const*, 2> inbound_filters{"siaga/alert/+", "siaga/ack/+"};

// siaga/alert/<agency> or siaga/ack/<agency>, with an agency.
bool is_inbound(std::string_view topic);
// One level of a topic, as an agency's id must be.
bool is_level(std::string_view word);

std::string alert_topic(std::string_view agency);
std::string receipt_topic(std::string_view agency);
std::string gateway_topic(std::string_view gateway);

}  // namespace siaga::mqtt
