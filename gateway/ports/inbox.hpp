// Inbox: where a message from outside becomes durable before anyone is told it arrived.
//
// Place:  mqtt intake (its own thread) -> INBOX -> store; then Journal::next_inbound().
// Thread: keep() any thread but core; it blocks until committed.
// Errors: storage_full, storage_failed: the caller must not acknowledge the message to the broker.
// Durable: everything keep() answered for, decodable or not.
#pragma once

#include <string>
#include <vector>

#include "gateway/base/result.hpp"
#include "gateway/domain/ids.hpp"
#include "gateway/domain/time.hpp"

namespace siaga {

struct RawMessage {
  std::string topic;
  std::string payload;       // untouched, as evidence
  std::string content_type;  // MQTT 5 property, or empty
  std::string response_topic;
  std::string correlation_data;  // binary
  std::string signature;         // user property `sig`, or empty
  std::string key_id;            // user property `key`, or empty
  bool retained = false;
  UtcTime received_at{};
};

struct InboundMessage {
  InboxId id;
  RawMessage raw;
};

using InboundMessages = std::vector<InboundMessage>;

class Inbox {
 public:
  virtual ~Inbox() = default;
  [[nodiscard]] virtual Result<void> keep(RawMessage message) = 0;
};

}  // namespace siaga
