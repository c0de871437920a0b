#include "tests/bench/broker_client.hpp"

#include "tests/bench/figures.hpp"

namespace siaga::bench {

BrokerClient::BrokerClient(std::string const& url, std::string const& client_id, Heard heard)
    : client_(url, client_id, mqtt::create_options(MQTTVERSION_5, 10'000),
              static_cast<mqtt::iclient_persistence*>(nullptr)),
      heard_(std::move(heard)) {
  client_.set_message_callback([this](mqtt::const_message_ptr message) {
    auto const at = now_ns();
    heard_(message->get_topic(), message->to_string(), at);
  });
  mqtt::connect_options options;
  options.set_mqtt_version(MQTTVERSION_5);
  options.set_clean_start(true);
  options.set_max_inflight(1000);
  client_.connect(options)->wait();
}

BrokerClient::~BrokerClient() {
  client_.disconnect()->wait();
}

void BrokerClient::subscribe(std::string const& topic) {
  client_.subscribe(topic, 1)->wait();
}

void BrokerClient::publish(std::string const& topic, std::string const& payload) {
  mqtt::properties properties;
  properties.add({mqtt::property::CONTENT_TYPE, "application/json"});
  client_.publish(mqtt::message::create(topic, payload, 1, false, properties));
}

}  // namespace siaga::bench
