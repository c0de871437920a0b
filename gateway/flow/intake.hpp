// Intake: takes the messages that have arrived, in the order of arrival, and decides about each:
// refused with reasons, or understood, allowed, planned and accepted. A message beyond its agency's
// allowance waits at the gate.
//
// Place:  Journal::next_inbound -> INTAKE (gate, judge, plan) -> Journal::accept -> dispatcher.
// Thread: core only. Long messages are judged on a worker, in their agency's turn (reading_line).
// Errors: a message that breaks rules becomes a rejection. When the journal fails, intake waits.
// Durable: a message not decided when the process dies is handed out again after the restart.
#pragma once

#include "gateway/async/worker.hpp"
#include "gateway/flow/answer_intake.hpp"
#include "gateway/flow/dispatcher.hpp"
#include "gateway/flow/escalator.hpp"
#include "gateway/flow/gate.hpp"
#include "gateway/flow/held_notices.hpp"
#include "gateway/flow/incidents.hpp"
#include "gateway/flow/reading_line.hpp"
#include "gateway/ports/wire.hpp"

namespace siaga::flow {

struct IntakeContext {
  boost::asio::any_io_executor executor;
  Clock& clock;
  Journal& journal;
  Current& world;
  Judge::Rules rules;
  Wire const& wire;
  StorageWatch& storage;
  Dispatcher& dispatcher;
  Escalator& escalator;
  Announcer& announcer;
  Replies& replies;
  Incidents& incidents;
};

class Intake {
 public:
  explicit Intake(IntakeContext context);
  boost::asio::awaitable<void> run();
  boost::asio::awaitable<void> run_gate();    // beside run(): what waits, as its turn comes
  boost::asio::awaitable<void> run_reader();  // beside run(): what takes long to read
  boost::asio::awaitable<void> run_answers() { return answers_.run(); }
  void stop();                       // what is undecided waits for the next start
  void let_go() { worker_.stop(); }  // after the core has stopped
  // The configuration was changed: messages held because of the old one are decided anew.
  void reconsider();
  boost::asio::awaitable<void> run_notices() { return notices_.run(); }
  // The store could not take it: the agency is told why, the broker keeps it.
  void say_held(RawMessage const& message, Error const& why);
  std::uint64_t accepted() const noexcept { return accepted_; }
  std::uint64_t rejected() const noexcept { return refusals_.rejected(); }
  std::uint64_t incidents() const noexcept { return refusals_.incidents(); }
  std::size_t held() const noexcept { return waiting() + held_by_settings_.size(); }
  std::size_t answers_waiting() const noexcept { return answers_.waiting(); }

 private:
  static constexpr std::ptrdiff_t held_by_settings_max = 1000;  // of one agency
  // From here on a message is judged beside the core: see decisions/0030 for what was measured.
  static constexpr std::size_t long_bytes = 16 * 1024;
  static constexpr std::size_t drawn_bytes = 1024;  // of polygons
  static constexpr std::size_t drawn_circles = 4;

  boost::asio::awaitable<void> decide(InboundMessage message);
  std::size_t waiting() const noexcept { return gate_.waiting() + reading_.waiting(); }
  static bool is_long(InboundMessage const& message);
  static bool draws_much(Alert const& alert);
  static Rejection too_much_waits();
  AgencyId bucket_of(AgencyId const& agency) const;  // all strangers share one
  bool admits(AgencyId const& bucket);  // takes a token of its allowance, when there is one
  boost::asio::awaitable<void> take_turn(AgencyId agency, InboundMessage message);
  boost::asio::awaitable<void> line_up(AgencyId agency, InboundMessage message, bool admitted);
  boost::asio::awaitable<void> read_one(ReadingLine::Place place);
  boost::asio::awaitable<Judged<AuthorisedCommand>> judged_beside(AgencyId agency,
                                                                  InboundMessage message);
  boost::asio::awaitable<std::optional<InboundMessage>> fetch(InboxId id);
  boost::asio::awaitable<void> hold_at_gate(AgencyId agency, InboundMessage message);
  boost::asio::awaitable<void> wait_at_gate(AgencyId agency, InboundMessage message,
                                            Alert const* alert);
  boost::asio::awaitable<void> decide_alert(AgencyId agency, InboundMessage message);
  boost::asio::awaitable<void> carry_on(AgencyId agency, InboundMessage message,
                                        Judged<AuthorisedCommand> judged);
  boost::asio::awaitable<void> read_on(Gate::Ticket first);
  boost::asio::awaitable<void> decide_again(Gate::Ticket ticket);
  boost::asio::awaitable<void> accept(AgencyId agency, InboundMessage message,
                                      AuthorisedCommand command);
  boost::asio::awaitable<bool> carry_out(InboxId from, AuthorisedCommand command, Plan plan);
  boost::asio::awaitable<bool> raise(InboxId from, AuthorisedCommand command, Plan plan);
  boost::asio::awaitable<bool> cancel(InboxId from, AuthorisedCommand command);
  boost::asio::awaitable<void> hold(InboxId from, AgencyId agency, Rejection why);
  void tell_waiting(RawMessage const& message, Error const& why, Alert const* alert);
  bool hold_by_settings(Gate::Ticket ticket);  // false: too many of its agency are held already
  Plan plan_for(AgencyId const& agency, Alert const& alert) const;
  boost::asio::awaitable<void> pause();

  IntakeContext context_;
  Judge judge_;
  Gate gate_;
  Event gate_changed_;
  ReadingLine reading_;
  Event reading_changed_;
  Worker worker_;
  HeldNotices notices_;
  Refusals refusals_;
  AnswerIntake answers_;
  std::vector<Gate::Ticket> held_by_settings_;
  std::vector<Gate::Ticket> to_reconsider_;
  std::uint64_t accepted_ = 0;
  bool stopping_ = false;
};

}  // namespace siaga::flow
