// The values that go into and come out of the Journal about answers.
//
// Place:  ports/journal_types.hpp.
// Thread: values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/domain/acknowledgement.hpp"
#include "gateway/domain/command.hpp"

namespace siaga {

enum class AlertState { open, acknowledged, closed, cancelled, expired };
SIAGA_WORDS(AlertState, "open", "acknowledged", "closed", "cancelled", "expired");

// One step of one ladder of an alert.
struct StepPlace {
  int ladder = 0;  // ordinal within the alert
  int round = 0;
  int step = 0;
};

struct Stopped {
  bool counted = false;                 // first answer of this officer of this kind
  bool alert_ended = false;             // acks_needed reached: nothing more begins
  AlertState found = AlertState::open;  // when the answer came; if not open, it changed nothing
  std::vector<StepPlace> escalate_now;  // refused current steps: what follows is due at once
  std::vector<ChannelName> due;         // lanes with closing messages
};

// An answer that changed nothing, and what is sent back about it (once an hour for the same
// reason).
struct RefusedAnswer {
  ChannelName channel;
  Via via = Via::sms;
  std::string address;  // where to answer; never logged
  OfficerId officer;    // empty = unknown address
  AlertId alert;        // empty = none meant
  std::string
      why;  // "unknown-address", "wrong-code", "no-code", "closed", "locked", "not-understood"
  std::string answer_text;  // empty = say nothing
  UtcTime expires{};        // of the answer
};

struct OpenAlert {
  AlertId id;
  std::string code;
  AlertState state = AlertState::open;
  Status status = Status::actual;
  std::string event;
  AgencyId agency;
  bool broadcast = false;  // told to whoever listens, not only to officers by name
};

// An answer whose very bytes, signature and all, were decided before.
struct AnsweredBefore {
  bool settled = false;          // nothing is left to do about this message
  std::optional<Rejection> why;  // the first was refused for this: the same is to be said again
};

// An answer link that takes no code for a while.
struct LinkLock {
  DeliveryId delivery;
  AlertId alert;
  OfficerId officer;
  UtcTime until{};
  std::int64_t wrong = 0;  // codes that have been tried
};

}  // namespace siaga
