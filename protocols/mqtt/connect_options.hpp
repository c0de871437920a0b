// ConnectOptions: a ConnectRequest as the C structs that Paho wants, and everything they point to.
//
// Place:  connection -> CONNECT OPTIONS -> MQTTAsync_connect, which copies what it needs.
// Thread: PahoThread.
// Errors: make() file_unreadable for the password file.
// See:    MQTT 5.0, 3.1.2.11 (CONNECT properties) and 3.1.3.2 (will properties).
#pragma once

#include <MQTTAsync.h>

#include <memory>
#include <vector>

#include "protocols/mqtt/connection.hpp"

namespace siaga::mqtt {

class ConnectOptions {
 public:
  static Result<std::unique_ptr<ConnectOptions>> make(ConnectRequest const& request);
  ~ConnectOptions();
  ConnectOptions(ConnectOptions const&) = delete;
  ConnectOptions& operator=(ConnectOptions const&) = delete;

  MQTTAsync_connectOptions& paho() noexcept { return options_; }

 private:
  explicit ConnectOptions(ConnectRequest const& request);
  void set_properties();
  void set_will();
  void set_tls();

  ConnectRequest request_;
  std::string password_;
  MQTTAsync_connectOptions options_;
  MQTTAsync_SSLOptions tls_;
  MQTTAsync_willOptions will_;
  MQTTProperties properties_;
  MQTTProperties will_properties_;
};

// "tcp://host:1883" or "ssl://host:8883", as MQTTAsync_create wants it.
std::string paho_url(BrokerAddress const& broker);

}  // namespace siaga::mqtt
