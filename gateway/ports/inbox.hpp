// Inbox: makes a message from outside durable before anyone is told that it arrived.
//
// Place:  mqtt intake (its own thread) -> INBOX -> store; then Journal::next_inbound().
// Thread: keep() any thread but core; it blocks until committed. judge_by() any.
// Errors: storage_full, storage_failed: the caller must not acknowledge the message to the broker.
// Bound:  of a message longer than its kind may be, the first KiB; of a stranger's message, the
//         hash.
// Durable: every message for which keep() returned success, decodable or not.
#pragma once

#include <string>
#include <vector>

#include "gateway/base/result.hpp"
#include "gateway/domain/ids.hpp"
#include "gateway/domain/time.hpp"
#include "gateway/domain/words.hpp"

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

// What the store has of a payload.
enum class Kept {
  whole,
  cut,      // its first KiB: it was longer than a message of its kind may be
  hash,     // nothing: its agency is not in the configuration
  dropped,  // nothing any more: it was refused, or came again, and had to make room
};
SIAGA_WORDS(Kept, "whole", "cut", "hash", "dropped");

struct InboundMessage {
  InboxId id;
  RawMessage raw;
  Kept kept = Kept::whole;
  std::size_t bytes = 0;  // of the payload as it came
};

// Whose messages are kept, and up to which length; from the configuration.
struct InboxRules {
  std::vector<AgencyId> agencies;  // whose payloads are kept, sorted
  std::size_t alert_bytes_max = 0;
  std::size_t answer_bytes_max = 0;
};

using InboundMessages = std::vector<InboundMessage>;

class Inbox {
 public:
  virtual ~Inbox() = default;
  [[nodiscard]] virtual Result<void> keep(RawMessage message) = 0;
  // From now on; before that every payload is kept whole.
  virtual void judge_by(InboxRules rules) = 0;
};

}  // namespace siaga
