// Delivery: one alert to one address; its attempts, and what the network says of them.
//
// Place:  Journal::claim_due -> lane -> Channel::send -> Journal::record.
// Thread: values. States: planned -> claimed -> sent -> delivered -> read; failed, expired,
//         cancelled are final. Sent is never shown as delivered. Claimed at restart means "unknown
//         whether sent".
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "gateway/domain/alert.hpp"
#include "gateway/domain/ids.hpp"

namespace siaga {

// Values are on disk by word.
enum class DeliveryState { planned, claimed, sent, delivered, read, failed, expired, cancelled };
SIAGA_WORDS(DeliveryState, "planned", "claimed", "sent", "delivered", "read", "failed", "expired",
            "cancelled");

// What is said: the alert, its replacement, its end, that somebody has it in hand, or something
// back to one who answered.
enum class MessageKind { alert, update, cancel, closing, notice };
SIAGA_WORDS(MessageKind, "alert", "update", "cancel", "closing", "notice");
// An end of its alert stops it: it is no cancel, closing or notice.
constexpr bool is_stoppable(MessageKind kind) {
  return kind == MessageKind::alert || kind == MessageKind::update;
}

struct Delivery {
  DeliveryId id;
  AlertId alert;  // empty for a notice that belongs to none
  OfficerId officer;
  ChannelName channel;
  std::string address;
  std::string language;
  MessageKind kind = MessageKind::alert;
  DeliveryState state = DeliveryState::planned;
  Priority priority = Priority::normal;
  int step = 0;      // counts from 0
  int attempts = 0;  // begun so far
  bool possible_duplicate = false;
  UtcTime expires{};       // nothing is sent past it
  std::string text;        // closing and notice: the whole sentence, or the officer it names
  std::int64_t fence = 0;  // proves the claim is still ours when recording
};

// How one try ended.
struct Sent {
  std::vector<std::string> references;  // the network's ids, one per part; receipts come with these
  explicit Sent(std::vector<std::string> r = {}) : references(std::move(r)) {}
};
struct FailedTemporarily {
  std::string reason;
  milliseconds retry_after{0};  // 0 = our own back-off
  bool whole_channel = false;   // not this message's fault: does not count as an attempt
  bool link_ended = false;      // as in OutcomeUnknown
  explicit FailedTemporarily(std::string r, milliseconds after = milliseconds{0},
                             bool whole = false)
      : reason(std::move(r)), retry_after(after), whole_channel(whole) {}
};
struct Failed {
  std::string reason;
  explicit Failed(std::string r) : reason(std::move(r)) {}
};
// Written but unanswered: sent again, marked possible_duplicate; soon if life or urgent.
struct OutcomeUnknown {
  std::string reason;
  // The peer ended the link, crashed or failed while it had this one unanswered. Of several which
  // it had together, each says so.
  bool link_ended = false;
  explicit OutcomeUnknown(std::string r, bool ended = false)
      : reason(std::move(r)), link_ended(ended) {}
};
using SendOutcome = std::variant<Sent, FailedTemporarily, Failed, OutcomeUnknown>;

inline bool link_ended(SendOutcome const& outcome) {
  if (auto const* later = std::get_if<FailedTemporarily>(&outcome)) return later->link_ended;
  auto const* unknown = std::get_if<OutcomeUnknown>(&outcome);
  return unknown != nullptr && unknown->link_ended;
}

// Another way to the same officer.
struct OtherPath {
  ChannelName channel;
  std::string address;
};

struct Attempt {
  DeliveryId delivery;
  std::int64_t fence = 0;
  SendOutcome outcome = Sent();
  SteadyTime retry_at{};  // when the outcome allows another try
  bool last = false;      // no more tries: temporary becomes failed
  UtcTime at{};
  ChannelName by;       // the standby that carried it; empty = the delivery's own channel
  std::string because;  // why the standby did
  // It is set aside: the first of these by which its officer was told nothing of the alert is taken
  // beside it.
  std::vector<OtherPath> other_paths;
};

// The answer to a send whose outcome had counted as unknown, come after all.
struct LateOutcome {
  ChannelName channel;
  DeliveryId delivery;
  SendOutcome outcome = Sent();
  UtcTime at{};
};

// What the network says later of a message it took.
struct Receipt {
  ChannelName channel;
  std::string reference;
  // delivered, read, failed, or cancelled: taken back before it arrived
  DeliveryState state = DeliveryState::delivered;
  std::string reason;  // the network's words when it did not arrive
  UtcTime at{};

  Receipt() = default;
  Receipt(ChannelName c, std::string r, DeliveryState s, std::string why, UtcTime when)
      : channel(std::move(c)),
        reference(std::move(r)),
        state(s),
        reason(std::move(why)),
        at(when) {}
};

}  // namespace siaga
