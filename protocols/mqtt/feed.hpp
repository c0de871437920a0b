// Feed: publishes what the gateway has to say, by an MQTT client of its own, so that nothing waits
// behind intake.
//
// Place:  announcer, supervisor -> FEED -> broker. Brings the gateway's last will.
// Thread: core only; Paho is called on PahoThread.
// Time:   a publish ends with the broker's answer, or when the connection does (15 s at the
//         latest).
// Errors: unavailable while the broker is away; connection_lost when the connection ended while the
//         message was on its way: it may be the cause; queue_full beyond 1,024 under way;
//         refused_by_peer with the broker's reason; invalid_argument for a topic that is no text or
//         a message larger than the broker takes.
// Durable: success = PUBACK. Nothing is kept here: the caller publishes again.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>

#include "gateway/ports/status_feed.hpp"
#include "protocols/mqtt/settings.hpp"
#include "protocols/mqtt/troubles.hpp"

namespace siaga::mqtt {

class Feed final : public StatusFeed {
 public:
  Feed(boost::asio::any_io_executor const& core, Settings settings, std::string const& gateway,
       FindIncidents incidents = {});
  ~Feed() override;  // waits for the goodbye
  Feed(Feed const&) = delete;
  Feed& operator=(Feed const&) = delete;

  void when_connected(std::function<void()> tell);  // on core, each time; set before start()
  // What the broker retains of the gateway's own log, on core, for each connection; before start().
  void when_noted(std::function<void(std::string checkpoint)> tell);
  void start();
  void stop();  // lets what is under way end (2 s), then says goodbye: no last will

  boost::asio::awaitable<Result<void>> publish(OutgoingMessage message) override;

  bool connected() const noexcept;
  std::uint64_t reconnects() const noexcept;
  std::uint64_t published() const noexcept;

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

}  // namespace siaga::mqtt
