// StatusFeed: publishes over MQTT what the gateway has to say: receipts, status, its own state.
//
// Place:  announcer -> STATUS FEED -> broker. Only after commit; rebuilt from the journal at start.
// Thread: core only; the implementation keeps its library on a thread of its own.
// Errors: unavailable while the broker is away; the caller keeps the message and tries again.
// Durable: success = the broker's PUBACK.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <utility>
#include <vector>

#include "gateway/base/result.hpp"

namespace siaga {

using UserProperties = std::vector<std::pair<std::string, std::string>>;  // MQTT 5: name, value

struct OutgoingMessage {
  std::string topic;
  std::string payload;
  bool retained = false;
  std::string content_type = "application/json";
  std::string correlation_data;
  UserProperties user_properties;

  OutgoingMessage() = default;
  OutgoingMessage(std::string t, std::string p, bool keep)
      : topic(std::move(t)), payload(std::move(p)), retained(keep) {}
};

class StatusFeed {
 public:
  virtual ~StatusFeed() = default;
  virtual boost::asio::awaitable<Result<void>> publish(OutgoingMessage message) = 0;
};

}  // namespace siaga
