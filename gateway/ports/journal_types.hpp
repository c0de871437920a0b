// The values that go into and come out of the Journal.
//
// Place:  ports/journal.hpp.
// Thread: values.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/domain/authorise.hpp"
#include "gateway/domain/delivery.hpp"
#include "gateway/domain/escalation.hpp"
#include "gateway/domain/plan.hpp"
#include "gateway/ports/answer_types.hpp"

namespace siaga {

// Both clocks, read once by the caller.
struct Moment {
  UtcTime utc{};
  SteadyTime steady{};
};

// Deliveries of which a byte may be out and nothing is recorded: a stop leaves these to end by
// themselves.
using InFlight = std::vector<DeliveryId>;

enum class Decision { accepted, duplicate, held, rejected };
SIAGA_WORDS(Decision, "accepted", "duplicate", "held", "rejected");

struct StoredAlert {
  AlertId id;
  AgencyId agency;
  std::string code;
  AlertState state = AlertState::open;
  Alert alert;
  UtcTime accepted_at{};
  std::string proof;  // text_of(Proof)
  std::optional<UtcTime> ended_at;
};

struct Accepted {
  Decision decision = Decision::accepted;
  AlertId alert;
  std::string code;
  std::size_t recipients = 0;
  std::vector<AlertId> ended;  // what an Update or Cancel stopped
  bool more_to_expand = false;
  std::shared_ptr<StoredAlert const> stored;  // of a new alert
  std::string incident;                       // its kind, when ops were told of one
  std::vector<ChannelName> due;               // lanes to wake
};

struct Expansion {
  std::size_t added = 0;
  bool more = false;
  std::vector<ChannelName> due;
};

struct Claimed {
  std::vector<Delivery> deliveries;
  std::optional<SteadyTime> next_due;  // of those that are left
};

struct Recorded {
  AlertId alert;
  DeliveryState state = DeliveryState::planned;
  std::optional<StepPlace> step_failed;  // a current step of which everything has failed for good
  std::vector<ChannelName> due;          // lanes to wake: a message waited for this one to end
};

struct LadderState {
  AlertId alert;
  int ladder = 0;  // ordinal within the alert
  Policy policy;
  LadderPosition position;
  std::optional<SteadyTime> next_due;
  bool expanding = false;  // its step still has chunks to come
};

struct StepStart {
  AlertId alert;
  int ladder = 0;
  LadderPosition position;             // of the step that starts
  StepRecipients recipients;           // empty = the incident "step resolves to nobody"
  std::optional<SteadyTime> next_due;  // of the step after it
  std::string because;                 // "deadline", "declined", "empty", "failed"
};

struct StepStarted {
  bool began = false;  // false: the alert had ended meanwhile
  bool more_to_expand = false;
  std::vector<ChannelName> due;
};

struct OutboxItem {
  OutboxId id;
  std::string topic, payload, correlation_data;
};

struct AlertStatus {
  AlertId alert;
  std::vector<AgencyId> agencies;
  std::vector<OfficerId> told;  // each once; of a broadcast only some
  AlertState state = AlertState::open;
  std::string identifier;
  std::size_t planned = 0, sent = 0, delivered = 0, failed = 0, accepted = 0, declined = 0;
  int step = 0;
  std::optional<SteadyTime> next_step_due;
  std::optional<UtcTime> ended_at;
};

// Something about the gateway itself: started, stopped, configured, clock_stepped, channel_up, ...
struct GatewayEvent {
  std::string kind;
  std::string detail;  // no personal data
  GatewayEvent(std::string k, std::string d) : kind(std::move(k)), detail(std::move(d)) {}
};

struct Checkpoint {
  std::int64_t size = 0;  // rows covered
  std::string root;       // hex
  UtcTime at{};
  bool is_new = false;
  std::string mac = {};  // hex, of size and root, by the store's own key
};

}  // namespace siaga
