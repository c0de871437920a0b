// Session: one SMPP connection's conversation as an ESME, without a socket: bytes in, bytes out.
//
// Place:  SmppBind's reader -> SESSION -> SessionOwner; Outbox -> SESSION -> SmppBind's writer.
// States: opening -> bound -> unbinding or leaving -> over. Bind, enquire_link and unbind have
//         their deadlines. Leaving: the peer unbinds; it gets our answer once we have all of its
//         own, or after 2 s.
// Time:   steady time; the owner calls tick() no later than next_due().
// Errors: why() once over: refused_by_peer (bind refused), timed_out (peer silent),
//         protocol_violated (framing lost), connection_lost (peer unbound).
// Bounds: no more than `window` submits and questions unanswered.
// Late:   a submit not answered in time counts as unanswered; if its answer still comes within ten
//         minutes on this connection, it is reported.
// See:    SMPP v3.4, 2.2 (states), 2.9 (timers).
#pragma once

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <unordered_set>

#include "gateway/base/result.hpp"
#include "gateway/domain/time.hpp"
#include "protocols/sms/smpp/decode.hpp"
#include "protocols/sms/smpp/sequence.hpp"

namespace siaga::sms {

enum class Role { transceiver, transmitter, receiver };

struct SessionRules {
  std::string system_id, password, system_type;
  Role role = Role::transceiver;
  std::uint8_t interface_version = 0x34;
  std::size_t window = 32;
  milliseconds response_timeout{30000};
  milliseconds enquire_every{30000};
};

// What a submit, or a question about a message, belongs to, as the owner names it.
struct Ticket {
  std::uint64_t submission = 0;
  std::uint32_t part = 0;
};

struct SubmitAnswer {
  Status status{};
  std::string_view message_id;
  std::optional<std::uint32_t> congestion;  // 0 idle .. 100 congested, where the SMSC tells
};

// Why a submit stays unanswered.
enum class Unanswered { in_time, at_end_of_link };

// What the SMSC answers to cancel_sm and query_sm.
struct Told {
  Command asked{};
  Status status{};
  std::uint8_t state = 0;  // message_state, of a query
};

class SessionOwner {
 public:
  virtual ~SessionOwner() = default;
  virtual void on_bound() = 0;
  virtual void on_answer(Ticket ticket, SubmitAnswer const& answer) = 0;
  virtual void on_unanswered(Ticket ticket) = 0;       // too late; or the session is over
  virtual void on_told(Ticket ticket, Told told) = 0;  // no answer is told as a system_error
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
  bool leaving() const noexcept { return state_ == State::leaving; }
  bool has_room() const noexcept {
    return bound() && rules_.role != Role::receiver &&
           flights_.size() < std::min(rules_.window, window_borne_);
  }
  std::size_t unanswered() const noexcept { return flights_.size(); }
  // The SMSC bears no more unanswered, whatever the rules' window.
  void narrow(std::size_t window_borne) noexcept { window_borne_ = window_borne; }
  void submit(ShortMessage const& message, Ticket ticket, SteadyTime now);
  void ask(Command question, MessageName const& name, Ticket ticket, SteadyTime now);
  void answer(std::uint32_t sequence, Status status);  // to a deliver_sm or data_sm
  void unbind(SteadyTime now);
  // The connection is gone, or must go: ends at once, what is unanswered stays so.
  void lose(Error const& why);

  bool over() const noexcept { return state_ == State::over; }
  Error const& why() const noexcept { return why_; }
  bool refused_for_configuration() const noexcept { return configuration_fault_; }
  std::string& output() noexcept { return output_; }  // to be written and cleared

 private:
  enum class State { idle, opening, bound, unbinding, leaving, over };
  struct Flight {
    Command command;
    Ticket ticket;
    SteadyTime due;
  };
  using Flights = std::unordered_map<std::uint32_t, Flight>;

  void receive_pdu(Pdu const& pdu, SteadyTime now);
  void receive_request(Pdu const& pdu);
  void receive_response(Pdu const& pdu);
  void receive_bind_answer(Pdu const& pdu);
  bool receive_answer(Pdu const& pdu);  // whether it was one to a submit or a question
  void tell(Flight const& flight, Pdu const& pdu);
  void receive_message(Pdu const& pdu);
  void leave_when_answered(std::uint32_t sequence);
  void leave();
  void ask_for_life(SteadyTime now);
  void end_overdue_flights(SteadyTime now);
  void forget_late(SteadyTime now);
  void give_up(Flight const& flight);
  std::uint32_t depart(Command command, Ticket ticket, SteadyTime now);
  void end(Error why);
  void write(Command command, Status status, std::uint32_t sequence);
  std::uint32_t next_sequence();

  SessionRules rules_;
  SessionOwner& owner_;
  State state_ = State::idle;
  Error why_{Errc::cancelled, "not connected"};
  bool configuration_fault_ = false;
  std::string output_;
  Flights flights_;
  Flights late_;                            // submits given up; `due` is when they are forgotten
  std::unordered_set<std::uint32_t> data_;  // data_sm not answered yet, by their sequence
  std::size_t window_borne_ = std::numeric_limits<std::size_t>::max();
  Sequence sequence_;
  std::uint32_t asked_ = 0;               // sequence of the one bind or unbind, or the enquire_link
  std::uint32_t peers_unbind_ = 0;        // its sequence, when leaving
  std::optional<SteadyTime> answer_due_;  // to `asked_`; when leaving, to submits and questions
  SteadyTime heard_{};
  SteadyTime flights_due_ = SteadyTime::max();  // not after the earliest of them
  SteadyTime late_due_ = SteadyTime::max();
};

}  // namespace siaga::sms
