// BrokerClient: the bench's own MQTT end: publishes, receives, and notes when by CLOCK_REALTIME.
#pragma once

#include <mqtt/async_client.h>

#include <cstdint>
#include <functional>
#include <string>

namespace siaga::bench {

class BrokerClient {
 public:
  using Heard =
      std::function<void(std::string const& topic, std::string const& payload, std::int64_t at_ns)>;

  BrokerClient(std::string const& url, std::string const& client_id, Heard heard);
  ~BrokerClient();
  void subscribe(std::string const& topic);
  void publish(std::string const& topic, std::string const& payload);  // QoS 1, does not wait

 private:
  mqtt::async_client client_;
  Heard heard_;
};

}  // namespace siaga::bench
