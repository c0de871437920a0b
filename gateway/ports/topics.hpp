// topics: where the gateway and its agencies speak, written once.
//
// Place:  intake, announcer, supervisor, journal's receipts.
// Thread: any. Pure.
// See:    contract, section 2.
#pragma once

#include <string>
#include <string_view>

#include "gateway/domain/ids.hpp"
#include "gateway/domain/topic.hpp"

namespace siaga::topics {

inline constexpr std::string_view alert = "siaga/alert/";
inline constexpr std::string_view answer = "siaga/ack/";

inline std::string receipt(AgencyId const& agency) {
  return "siaga/receipt/" + agency.value;
}

inline std::string gateway(std::string const& name) {
  return "siaga/gateway/" + name;
}

inline std::string incident(std::string const& gateway_name) {
  return "siaga/incident/" + gateway_name;
}

inline std::string log(std::string const& gateway_name) {
  return "siaga/log/" + gateway_name;
}

inline std::string status(AgencyId const& agency, std::string const& alert_id) {
  return "siaga/status/" + agency.value + "/" + alert_id;
}

// Whether a word can be one level of a topic.
inline bool is_level(std::string_view word) {
  using namespace std::string_view_literals;
  return !word.empty() && word.find_first_of("+#/\0"sv) == std::string_view::npos;
}

// What the gateway takes in: siaga/alert/<agency> or siaga/ack/<agency>, with an agency.
inline bool is_inbound(std::string_view topic) {
  for (auto const prefix : {alert, answer})
    if (topic.starts_with(prefix)) return is_level(topic.substr(prefix.size()));
  return false;
}

// Whether it is one of the gateway's own, on which only the gateway says what is published.
inline bool is_own(std::string_view topic) {
  return topic == "siaga" || topic.starts_with("siaga/");
}

// Whether there is a topic on which this agency hears its receipts. A stranger's name may be
// anything its broker lets through.
inline bool has_receipts(AgencyId const& agency) {
  return is_level(agency.value) && is_plain_topic(receipt(agency));
}

}  // namespace siaga::topics
