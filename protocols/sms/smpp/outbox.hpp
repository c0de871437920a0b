// Outbox: the messages under way on one SMPP account, from send() to their outcome: which part goes
// next, over which session, what an answer means, when the time is up.
//
// Place:  SmppChannel::send -> OUTBOX -> Sessions; their answers -> OUTBOX -> outcome. News after
//         the outcome goes into FollowUp.
// Order:  by priority, then as they came; a part refused for the rate goes back to the head.
// Rule:   Sent only when every part was accepted. A message with an unanswered part is
//         OutcomeUnknown once every other part has been answered or has waited too long; so is a
//         message of which only some parts were written. A message that was never written is
//         FailedTemporarily. The SMSC's own trouble costs a message no attempt.
// Thread: core only. A submission belongs to its sender and leaves by drop().
#pragma once

#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>

#include "gateway/domain/message.hpp"
#include "gateway/ports/journal_types.hpp"
#include "protocols/sms/smpp/carrier_codes.hpp"
#include "protocols/sms/smpp/follow_up.hpp"
#include "protocols/sms/smpp/pace.hpp"
#include "protocols/sms/smpp/session.hpp"
#include "protocols/sms/smpp/submit_form.hpp"
#include "protocols/sms/smpp/window.hpp"

namespace siaga::sms {

// What every submit of a link has in common.
struct Sender {
  std::string source;
  std::uint8_t ton = 5, npi = 0;
  std::uint8_t destination_ton = 1, destination_npi = 1;
  CarrierCodes codes = {};
};

class Submission {
 public:
  virtual ~Submission() = default;
  virtual void on_settled() = 0;  // `outcome` is there

  DeliveryId delivery;
  AlertId alert;  // whose withdrawal takes it back; empty = it stays
  Priority priority = Priority::normal;
  std::string destination;  // digits, international
  std::vector<SubmitPart> parts;
  UtcTime expires{};  // 0 = never
  Permission permission;
  SteadyTime deadline{};
  std::optional<SendOutcome> outcome;

 private:
  friend class Outbox;
  enum class Part { unsent, unanswered, accepted, doubtful };
  std::uint64_t id_ = 0;
  std::string doubt_;        // why the first doubtful part is
  bool link_ended_ = false;  // while a part was unanswered
  std::vector<Part> progress_;
  std::vector<Window::Departure> departures_;  // of each part, the latest
  std::vector<std::string> references_;
  SteadyTime gone_at_{};  // by then no network holds what was written
  bool waiting_ = false;  // in a queue
  bool is_whole() const { return count(Part::unsent) == parts.size(); }  // the SMSC has none of it
  std::size_t count(Part which) const;
};

class Outbox {
 public:
  Outbox(Sender sender, double rate_per_s, std::shared_ptr<FollowUp> follow_up)
      : sender_(std::move(sender)), pace_(rate_per_s), follow_up_(std::move(follow_up)) {}

  void add(Submission& submission);
  void drop(Submission& submission);
  void pump(std::span<Session* const> sessions, Moment now);  // writes what may go

  void on_answer(Ticket ticket, SubmitAnswer const& answer, Moment now);
  void on_unanswered(Ticket ticket, Unanswered why, SteadyTime now);
  void on_told(Ticket ticket, Told told, SteadyTime now);
  // Ends the messages that were never written: they cannot be sent now.
  void give_back(std::string const& why, milliseconds retry_after, SteadyTime now);
  void tick(SteadyTime now);
  SteadyTime next_due(SteadyTime now, bool room);

  bool empty() const noexcept { return all_.empty(); }
  Pace const& pace() const noexcept { return pace_; }
  Window const& window() const noexcept { return window_; }

 private:
  using Queue = std::deque<Submission*>;

  Queue* first_waiting();
  static SendOutcome expired(Submission const& submission);
  bool write_message(Session& session, Moment now);  // false = nothing may go now
  bool write_question(Session& session, SteadyTime now);
  void submit_next_part(Submission& submission, Session& session, Moment now);
  void on_accepted(Submission& submission, Ticket ticket, std::string_view id, SteadyTime now);
  void on_refused(Submission& submission, std::uint32_t part, Status status, SteadyTime now);
  void slow_down(Window::Departure const& refused, Status status, SteadyTime now);
  void on_late_answer(Ticket ticket, SubmitAnswer const& answer, SteadyTime now);
  static EnRoute::Part en_route_of(Submission const& submission);
  void note_en_route(EnRoute::Part part, std::string_view id, SteadyTime now);
  void settle_when_told(Submission& submission, SteadyTime now);
  void keep_doubt(Submission const& submission, SteadyTime now);
  void settle_unknown(Submission& submission, std::string why, SteadyTime now);
  void settle(Submission& submission, SendOutcome outcome);
  void put_back(Submission& submission);
  void leave_queue(Submission& submission);

  Sender sender_;
  Pace pace_;
  Window window_;
  std::shared_ptr<FollowUp> follow_up_;
  std::unordered_map<std::uint64_t, Submission*> all_;
  std::array<Queue, 4> waiting_;  // by Priority
  std::uint64_t last_id_ = 0;
  SteadyTime deadlines_due_ = SteadyTime::max();  // not after the earliest of them
};

// "000001020304000R": lasts one day, 2:03:04; at most seven days.
std::string relative_validity(milliseconds lasts);

}  // namespace siaga::sms
