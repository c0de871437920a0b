// Intake: takes what arrived, already durable, and decides it: understood or refused with reasons,
// allowed or not, planned, accepted. One at a time, in the order of arrival.
//
// Place:  Journal::next_inbound -> INTAKE (decode, authorise, plan) -> Journal::accept ->
// dispatcher. Thread: core only. Errors: a message that breaks rules becomes a rejection; a journal
// that fails is waited out. Durable: a message not decided when the process dies is handed out
// again after the restart.
#pragma once

#include "gateway/flow/announcer.hpp"
#include "gateway/flow/dispatcher.hpp"
#include "gateway/flow/escalator.hpp"
#include "gateway/flow/freshness.hpp"
#include "gateway/flow/replies.hpp"
#include "gateway/ports/payload_format.hpp"
#include "gateway/ports/wire.hpp"

namespace siaga::flow {

struct IntakeContext {
  Clock& clock;
  Journal& journal;
  Current& world;
  Formats const& formats;
  Freshness const& fresh;
  Wire const& wire;
  StorageWatch& storage;
  Dispatcher& dispatcher;
  Escalator& escalator;
  Announcer& announcer;
  Replies& replies;
};

class Intake {
 public:
  explicit Intake(IntakeContext context) : context_(context) {}
  boost::asio::awaitable<void> run();
  void stop() { stopping_ = true; }  // what is undecided waits for the next start
  // The store could not take it: the agency is told why, the broker keeps it.
  boost::asio::awaitable<void> say_held(RawMessage message, Error why);
  std::uint64_t accepted() const noexcept { return accepted_; }
  std::uint64_t rejected() const noexcept { return rejected_; }

 private:
  boost::asio::awaitable<void> decide(InboundMessage message);
  boost::asio::awaitable<void> decide_alert(AgencyId agency, InboundMessage message);
  boost::asio::awaitable<void> decide_answer(AgencyId agency, InboundMessage message);
  boost::asio::awaitable<bool> carry_out(InboxId from, AuthorisedCommand command, Plan plan);
  boost::asio::awaitable<bool> raise(InboxId from, AuthorisedCommand command, Plan plan);
  boost::asio::awaitable<bool> cancel(InboxId from, AuthorisedCommand command);
  boost::asio::awaitable<void> reject(InboxId from, AgencyId agency, Rejection why);
  Judged<AuthorisedCommand> judge(AgencyId const& agency, RawMessage const& raw) const;
  Judged<Command> decode(RawMessage const& raw) const;
  boost::asio::awaitable<void> pause();

  IntakeContext context_;
  std::uint64_t accepted_ = 0;
  std::uint64_t rejected_ = 0;
  bool stopping_ = false;
};

}  // namespace siaga::flow
