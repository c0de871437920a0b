// Outbox: the messages under way on one SMPP link, from send() to their outcome: which part goes
// next, what an answer means, when time is up.
//
// Place:  SmppChannel::send -> OUTBOX -> Session; Session's answers -> OUTBOX -> outcome.
// Order:  by priority, then as they came; a part refused for the rate goes back to the head.
// Rule:   sent only when every part was accepted. What was written and not answered is
//         OutcomeUnknown, and so is a message of which only some parts were; what was never
//         written is FailedTemporarily. The SMSC's own trouble costs a message no attempt.
// Thread: core only. A submission belongs to its sender and leaves by drop().
#pragma once

#include <array>
#include <deque>
#include <optional>
#include <unordered_map>

#include "gateway/domain/message.hpp"
#include "gateway/ports/journal_types.hpp"
#include "protocols/sms/smpp/carrier_codes.hpp"
#include "protocols/sms/smpp/pace.hpp"
#include "protocols/sms/smpp/session.hpp"
#include "protocols/sms/smpp/submit_form.hpp"

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

  Priority priority = Priority::normal;
  std::string destination;  // digits, international
  std::vector<SubmitPart> parts;
  UtcTime expires{};  // 0 = never
  Permission permission;
  SteadyTime deadline{};
  std::optional<SendOutcome> outcome;

 private:
  friend class Outbox;
  enum class Part { unsent, unanswered, accepted };
  std::uint64_t id_ = 0;
  std::vector<Part> progress_;
  std::vector<std::string> references_;
  bool waiting_ = false;                                                 // in a queue
  bool is_whole() const { return count(Part::unsent) == parts.size(); }  // the SMSC has none of it
  std::size_t count(Part which) const;
};

class Outbox {
 public:
  Outbox(Sender sender, double rate_per_s) : sender_(std::move(sender)), pace_(rate_per_s) {}

  void add(Submission& submission);
  void drop(Submission& submission);
  void pump(Session& session, Moment now);  // writes what may go

  void on_answer(Ticket ticket, Status status, std::string_view message_id, SteadyTime now);
  void on_unanswered(Ticket ticket, std::string const& why);
  // What was never written cannot be for now.
  void give_back(std::string const& why, milliseconds retry_after);
  void tick(SteadyTime now);
  SteadyTime next_due(SteadyTime now, bool room);

  bool empty() const noexcept { return all_.empty(); }
  Pace const& pace() const noexcept { return pace_; }

 private:
  using Queue = std::deque<Submission*>;

  Queue* first_waiting();
  static SendOutcome expired(Submission const& submission);
  void submit_next_part(Submission& submission, Session& session, Moment now);
  void settle(Submission& submission, SendOutcome outcome);
  void put_back(Submission& submission);
  void on_stray_answer(Status status, SteadyTime now);
  void on_refused(Submission& submission, std::uint32_t part, Status status, SteadyTime now);
  void leave_queue(Submission& submission);

  Sender sender_;
  Pace pace_;
  std::unordered_map<std::uint64_t, Submission*> all_;
  std::array<Queue, 4> waiting_;  // by Priority
  std::uint64_t last_id_ = 0;
  SteadyTime deadlines_due_ = SteadyTime::max();  // not after the earliest of them
};

// "000001020304000R": lasts one day, 2:03:04; at most seven days.
std::string relative_validity(milliseconds lasts);

}  // namespace siaga::sms
