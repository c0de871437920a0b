// Mosquitto: a real broker of the test's own on a free loopback port.
//
// Place:  peers, crash and scenario tests.
// Time:   start() waits until it accepts connections, and throws when it does not.
#pragma once

#include <memory>

#include "tests/support/child.hpp"
#include "tests/support/temp_dir.hpp"

namespace siaga::test {

class Mosquitto {
 public:
  // `more` is added to mosquitto.conf; without its own listener line a plain one is made.
  explicit Mosquitto(std::string more = "");

  void start();
  void stop();               // SIGTERM: sessions are saved
  void kill();               // SIGKILL: what was not saved is lost
  void pause();              // SIGSTOP: accepts, never answers; ended by kill()
  void forget_everything();  // removes its database; stop or kill first

  std::uint16_t port() const noexcept { return port_; }
  std::string url() const { return "mqtt://127.0.0.1:" + std::to_string(port_); }
  // As somebody else would, with mosquitto_pub; QoS 1, MQTT 5. Throws when it is not taken.
  void publish(std::string topic, std::string payload, std::vector<std::string> more = {});
  // Message after message over one connection, in this order.
  void publish_lines(std::string topic, std::vector<std::string> const& lines);
  bool logs(std::string const& text, std::chrono::milliseconds limit);
  // mosquitto_sub: a line "> topic payload" per message; subscribed when this returns.
  std::unique_ptr<Child> subscribe(std::string topic, std::vector<std::string> more = {});

 private:
  void publish_input(std::string topic, std::string const& input,
                     std::vector<std::string> const& more);
  std::vector<std::string> client(std::string program, std::string topic) const;

  TempDir directory_;
  std::uint16_t port_;
  std::string more_;
  std::unique_ptr<Child> broker_;
};

}  // namespace siaga::test
