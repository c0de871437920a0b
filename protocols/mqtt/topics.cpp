#include "protocols/mqtt/topics.hpp"

namespace siaga::mqtt {
using namespace std::string_view_literals;

bool is_level(std::string_view word) {
  return !word.empty() && word.find_first_of("+#/\0"sv) == std::string_view::npos;
}

bool is_inbound(std::string_view topic) {
  for (auto const prefix : {"siaga/alert/"sv, "siaga/ack/"sv})
    if (topic.starts_with(prefix)) return is_level(topic.substr(prefix.size()));
  return false;
}

std::string alert_topic(std::string_view agency) {
  return "siaga/alert/" + std::string(agency);
}
std::string receipt_topic(std::string_view agency) {
  return "siaga/receipt/" + std::string(agency);
}
std::string gateway_topic(std::string_view gateway) {
  return "siaga/gateway/" + std::string(gateway);
}

}  // namespace siaga::mqtt
