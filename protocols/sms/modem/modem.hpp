// Modem: one GSM modem for as long as the gateway runs: opens it, serves it, and recovers it when
// it hangs.
//
// Place:  the modem channel -> MODEM -> ModemService, Ladder. Incoming PDUs -> PduSink.
// Thread: core only. run() is one coroutine; each send waits in its own.
// Time:   steady time by the Clock. After 60 s of service the ladder starts from its first step.
// Errors: SendOutcome: Sent with TP-MR as its one reference; FailedTemporarily for the whole
//         channel while there is no service; OutcomeUnknown when the PDU was written and no answer
//         came.
// Rule:   a fault that only a person can correct (PIN, PUK, no SIM) is tried again every
//         `retry_fault` and never climbs the ladder. Every other fault is told in the reason that
//         people read.
// Durable: nothing but the PIN's marker in data_dir; PDUs that were not acknowledged or deleted
//         come again after a crash.
#pragma once

#include <functional>

#include "gateway/ports/channel.hpp"
#include "protocols/sms/modem/ladder.hpp"
#include "protocols/sms/modem/modem_service.hpp"

namespace siaga::sms {

struct ModemContext {
  boost::asio::any_io_executor executor;
  Clock& clock;
  ChannelName name;
  std::string data_dir;
  PduSink& sink;
  // The port, and the hook; empty = of the settings' device and reset_command.
  std::function<Result<std::unique_ptr<Stream>>()> open;
  std::function<boost::asio::awaitable<Result<void>>()> hook;
};

class Modem {
 public:
  Modem(ModemSettings settings, ModemContext context);

  boost::asio::awaitable<void> run();  // until stop()
  void stop();                         // the message under way has 4 s
  // `limit` is how long it may wait for its turn; in hand, it has `prompt_timeout` and
  // `send_timeout`.
  boost::asio::awaitable<SendOutcome> send_pdu(PduToSend pdu, milliseconds limit);

  LinkState state() const;
  std::string state_reason() const;
  // An attempt has ended, or it serves, or a modem that is well has found no network for a while.
  bool tried_once() const;
  Channel::Facts facts() const;
  // PIN, PUK, no SIM.
  bool needs_person() const noexcept { return needs_person_ && report() == nullptr; }
  // Of the service that runs; nullptr while there is none.
  ModemReport const* report() const noexcept;

 private:
  boost::asio::awaitable<void> attempt();
  boost::asio::awaitable<void> recover();
  boost::asio::awaitable<void> pause_for(milliseconds time);
  boost::asio::awaitable<void> reset_modem();
  boost::asio::awaitable<void> cut_power();
  boost::asio::awaitable<void> close_later();
  void ended_because(Error const& why);
  ServiceContext service_context();

  ModemSettings settings_;
  ModemContext context_;
  StartUpRules rules_;
  SimPin pin_;
  PduQueue queue_;
  Trouble trouble_;
  Ladder ladder_;
  Event woken_, run_ended_, closer_ended_;
  std::unique_ptr<ModemService> service_;  // while the port is open
  bool is_stopping_ = false, is_closing_ = false, has_ended_ = false, tried_once_ = false;
  bool needs_person_ = false, is_device_there_ = false;
  std::string reason_ = "not started";
  std::string next_step_;
  SteadyTime next_try_at_{};
};

}  // namespace siaga::sms
