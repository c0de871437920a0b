// Settings: how the broker is reached and how much it may hand over at once ([mqtt]).
//
// Place:  loader -> SETTINGS -> intake, feed.
// Units:  durations in milliseconds; packet_bytes_max in bytes of one whole MQTT packet.
// Errors: broker_address() and judge() say what is wrong: invalid_configuration.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "gateway/base/fields.hpp"
#include "gateway/base/result.hpp"
#include "gateway/ports/caution.hpp"

namespace siaga::mqtt {

struct Settings {
  using Duration = std::chrono::milliseconds;

  std::string url = "mqtt://127.0.0.1:1883";
  std::string username;
  std::string password_file;
  std::string ca_file;
  std::string cert_file;
  std::string key_file;
  Duration keep_alive = std::chrono::seconds(30);
  std::int64_t receive_maximum = 32;
  std::int64_t express_max = 64;
  std::int64_t connections_max = 0;  // 0 = the broker's limit is not known
  std::vector<std::string> response_topics;
  std::int64_t packet_bytes_max = 1024 * 1024;
  Duration session_expiry = std::chrono::hours(24 * 30);
  Duration connect_limit = std::chrono::seconds(10);
  Duration reconnect_min = std::chrono::milliseconds(500);
  Duration reconnect_max = std::chrono::seconds(30);
  bool private_link = false;

  static Fields const& fields();

  static constexpr std::int64_t own_connections = 3;  // intake, feed, answers
};

Cautions cautions(Settings const& settings);

struct BrokerAddress {
  std::string host;  // an IPv6 address without its brackets
  std::uint16_t port = 0;
  bool tls = false;
};

// "mqtt://host[:1883]" or "mqtts://host[:8883]", nothing else in it.
[[nodiscard]] Result<BrokerAddress> broker_address(std::string const& url);
// Finds the faults that the table of fields cannot find.
[[nodiscard]] Result<void> judge(Settings const& settings);
// What to do about a broker that allows fewer connections than these agencies want; empty =
// nothing.
std::string connections_advice(Settings const& settings, std::size_t agencies);

}  // namespace siaga::mqtt
