// EnRoute: parts that a network took and for which no final receipt has come, and the questions
// about them: cancel_sm for parts of a withdrawn alert, query_sm for parts of life and urgent
// messages.
//
// Place:  Outbox (a part accepted, in time or late), Inbound (its receipt), Channel::withdraw -> EN
//         ROUTE -> Outbox asks -> Fate -> ReceiptSink.
// Rule:   one query a second at most, four for each part, each twice as late as the one before. An
//         SMSC that does not know a question is not asked it again.
// Thread: core only. Lost with the process: a cancellation still tells the officers themselves.
// Bounds: parts_max; each for `forget_at`. withdrawn_max alerts are remembered, each for an hour.
// See:    SMPP v3.4, 4.8 (query_sm), 4.9 (cancel_sm), 5.2.28 (message_state).
#pragma once

#include <deque>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "gateway/domain/delivery.hpp"
#include "protocols/sms/smpp/session.hpp"

namespace siaga::sms {

class EnRoute {
 public:
  explicit EnRoute(milliseconds query_after) : query_after_(query_after) {}

  struct Part {
    AlertId alert;
    std::string id;           // as the network wrote it
    std::string destination;  // digits
    Priority priority = Priority::normal;
    SteadyTime forget_at{};
  };
  void add(std::string const& reference, Part part, SteadyTime now);
  void settled(std::string const& reference) { parts_.erase(reference); }  // its fate is known
  void withdraw(AlertId alert, SteadyTime now);  // and what is added of it later
  // Whom a part went to, in digits; nothing = no such part.
  std::optional<std::string_view> destination_of(std::string const& reference) const;
  bool is_withdrawn(std::string const& reference) const;  // that it was deleted is our own doing

  struct Question {
    Command command{};
    Ticket ticket;
    std::string id, destination;
  };
  std::optional<Question> next_question(SteadyTime now);
  SteadyTime next_due() const;

  // What an answer says of a part; none = nothing that is final.
  struct Fate {
    std::string reference;
    DeliveryState state{};
    std::string why;
  };
  std::optional<Fate> told(Ticket ticket, Told told, SteadyTime now);

 private:
  struct Kept {
    Part part;
    std::uint64_t number = 0;  // names it in a ticket
    int queries = 0;
    bool withdrawn = false;
  };
  struct Look {
    SteadyTime at;
    std::string reference;
    std::uint64_t number;
  };
  struct Withdrawn {
    AlertId alert;
    SteadyTime forget_at;
  };
  bool remembers(AlertId withdrawn) const;
  void plan_query(std::string const& reference, Kept const& kept, SteadyTime now);
  Question ask(Command command, std::string const& reference, Kept const& kept);
  std::optional<Question> next_query(SteadyTime now);
  std::optional<Fate> cancelled(std::string const& reference, Told told);
  std::optional<Fate> queried(std::string const& reference, Told told, SteadyTime now);

  milliseconds query_after_;                              // 0 = never
  std::unordered_map<std::string, Kept> parts_;           // by reference
  std::unordered_map<std::uint64_t, std::string> asked_;  // by number
  std::deque<Withdrawn> withdrawn_;                       // oldest first
  std::deque<std::string> to_cancel_;
  std::deque<Look> to_query_;  // soonest first
  SteadyTime no_query_before_{};
  std::uint64_t last_number_ = 0;
  bool can_cancel_ = true, can_query_ = true;
};

}  // namespace siaga::sms
