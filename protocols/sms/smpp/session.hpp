// Session: one SMPP connection's conversation as an ESME, without a socket: bytes in, bytes out.
//
// Place:  SmppChannel's reader -> SESSION -> SessionOwner; Outbox -> SESSION -> SmppChannel's
// writer. States: opening -> bound -> unbinding -> over. Bind, enquire_link and unbind have their
// deadlines. Time:   steady time; the owner calls tick() no later than next_due(). Errors: why()
// once over: refused_by_peer (bind refused), timed_out (peer silent),
//         protocol_violated (framing lost), connection_lost (peer unbound).
// Bounds: no more than `window` submits unanswered.
// See:    SMPP v3.4, 2.2 (states), 2.9 (timers).
#pragma once

#include <unordered_map>

#include "gateway/base/result.hpp"
#include "gateway/domain/time.hpp"
#include "protocols/sms/smpp/decode.hpp"

namespace siaga::sms {

struct SessionRules {
  std::string system_id, password, system_type;
  std::size_t window = 32;
  milliseconds response_timeout{30000};
  milliseconds enquire_every{30000};
};

// What a submit belongs to, as the owner names it.
struct Ticket {
  std::uint64_t submission = 0;
  std::uint32_t part = 0;
};

class SessionOwner {
 public:
  virtual ~SessionOwner() = default;
  virtual void on_bound() = 0;
  virtual void on_answer(Ticket ticket, Status status, std::string_view message_id) = 0;
  virtual void on_unanswered(Ticket ticket) = 0;  // too late; or the session is over
  // To be answered by Session::answer().
  virtual void on_deliver(std::uint32_t sequence, ShortMessage const& message) = 0;
};

class Session {
 public:
  Session(SessionRules const& rules, SessionOwner& owner) : rules_(rules), owner_(owner) {}

  void open(SteadyTime now);  // writes the bind
  // Takes whole PDUs off the front; answers how many bytes.
  std::size_t receive(std::string_view bytes, SteadyTime now);
  void tick(SteadyTime now);
  SteadyTime next_due() const;

  bool bound() const noexcept { return state_ == State::bound; }
  bool has_room() const noexcept { return bound() && flights_.size() < rules_.window; }
  std::size_t unanswered() const noexcept { return flights_.size(); }
  void submit(ShortMessage const& message, Ticket ticket, SteadyTime now);
  void answer(std::uint32_t sequence, Status status);  // to a deliver_sm
  void unbind(SteadyTime now);
  // The connection is gone, or must go: ends at once, what is unanswered stays so.
  void lose(Error const& why);

  bool over() const noexcept { return state_ == State::over; }
  Error const& why() const noexcept { return why_; }
  bool refused_for_configuration() const noexcept { return configuration_fault_; }
  std::string& output() noexcept { return output_; }  // to be written and cleared

 private:
  enum class State { idle, opening, bound, unbinding, over };
  struct Flight {
    Ticket ticket;
    SteadyTime due;
  };

  void receive_pdu(Pdu const& pdu, SteadyTime now);
  void receive_request(Pdu const& pdu);
  void receive_response(Pdu const& pdu);
  void receive_bind_answer(Pdu const& pdu);
  void receive_deliver(Pdu const& pdu);
  void ask_for_life(SteadyTime now);
  void end_overdue_flights(SteadyTime now);
  void end(Error why);
  void write(Command command, Status status, std::uint32_t sequence);
  std::uint32_t next_sequence();

  SessionRules rules_;
  SessionOwner& owner_;
  State state_ = State::idle;
  Error why_{Errc::cancelled, "not connected"};
  bool configuration_fault_ = false;
  std::string output_;
  std::unordered_map<std::uint32_t, Flight> flights_;
  std::uint32_t sequence_ = 0;
  std::uint32_t asked_ = 0;               // sequence of the one bind or unbind, or the enquire_link
  std::optional<SteadyTime> answer_due_;  // to `asked_`
  SteadyTime heard_{};
  SteadyTime flights_due_ = SteadyTime::max();  // not after the earliest of them
};

}  // namespace siaga::sms
