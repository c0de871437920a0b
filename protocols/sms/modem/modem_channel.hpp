// ModemChannel: SMS by a GSM modem: texts to SMS-SUBMITs, status reports to receipts, replies in.
//
// Place:  lane -> MODEM CHANNEL -> Modem -> air; air -> Modem -> ModemInbound -> sinks.
// Thread: core only. Coroutines: run (the modem's), one for long replies, one for each send.
// Time:   the send's limit bounds how long each part may wait for its turn, and how long a later
//         part that is refused for now is tried again. A part that the modem is sending ends by the
//         modem's own `send_timeout`, since networks take up to three minutes
//         (decisions/0016-modem.md).
// Late:   a message is in doubt when its last part was taken and not confirmed: a +CMGS after its
//         time, or a status report from its number, still confirms it.
// Errors: no modem, no network: FailedTemporarily for the whole channel. A message of which only
//         some parts were sent is OutcomeUnknown, unless it was refused for good.
// Bounds: two sends wide: a modem sends one part at a time, in 3 to 10 s, and the next one waits
//         beside it.
#pragma once

#include "protocols/sms/modem/modem.hpp"
#include "protocols/sms/modem/modem_inbound.hpp"
#include "protocols/sms/smpp/doubts.hpp"
#include "protocols/sms/text/compose_sms.hpp"

namespace siaga::sms {

class ModemChannel final : public Channel {
 public:
  ModemChannel(ModemSettings const& settings, ChannelContext context);

  boost::asio::awaitable<void> run() override;
  void stop() override;
  boost::asio::awaitable<SendOutcome> send(Message const& message, milliseconds limit) override;
  std::size_t width() const override { return 2; }
  LinkState state() const override { return modem_.state(); }
  std::string state_reason() const override { return modem_.state_reason(); }
  bool is_refused() const override { return modem_.needs_person(); }
  bool tried_once() const override { return modem_.tried_once(); }
  Facts facts() const override { return modem_.facts(); }
  std::string preview(Message const& message) const override;
  bool tells_late() const override { return true; }

 private:
  boost::asio::awaitable<void> watch_parts();
  boost::asio::awaitable<SendOutcome> send_part(PduToSend pdu, milliseconds limit);
  // A message whose last part was taken and not confirmed.
  struct InDoubt {
    Ticket ticket;  // of that part
    DeliveryId delivery;
    std::string destination;
    std::vector<std::string> told;  // the names of the others
  };
  void note_doubt(InDoubt const& what);
  void on_late_result(Ticket ticket, std::string const& destination, int reference);
  bool on_stranger(std::string_view digits, std::string const& name);
  void tell(Resolved resolved);
  std::vector<PduToSend> parts_of(Message const& message, std::string const& digits) const;

  ModemSettings settings_;
  ChannelContext context_;
  ComposeRules compose_;
  Doubts doubts_;
  std::uint64_t last_submission_ = 0;
  ModemInbound inbound_;
  Modem modem_;
  Event watch_ended_;
  bool is_watching_ = false;
};

}  // namespace siaga::sms
