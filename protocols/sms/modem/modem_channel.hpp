// ModemChannel: SMS by a GSM modem: texts to SMS-SUBMITs, status reports to receipts, replies in.
//
// Place:  lane -> MODEM CHANNEL -> Modem -> air; air -> Modem -> ModemInbound -> sinks.
// Thread: core only. Coroutines: run (the modem's), one for long replies, one for each send.
// Time:   the send's limit is how long each part may wait for its turn, and how long a later one
// that
//         is refused for now is tried again. A part the modem has in hand ends by the modem's own
//         `send_timeout`, for networks take up to three minutes (decisions/0016-modem.md).
// Errors: no modem, no network: FailedTemporarily for the whole channel. A message of which only
//         some parts went is OutcomeUnknown, unless it was refused for good.
// Bounds: two sends wide: a modem sends one part at a time, in 3 to 10 s, and the next one waits
//         beside it.
#pragma once

#include "protocols/sms/modem/modem.hpp"
#include "protocols/sms/modem/modem_inbound.hpp"
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

 private:
  boost::asio::awaitable<void> watch_parts();
  boost::asio::awaitable<SendOutcome> send_part(PduToSend pdu, milliseconds limit);
  std::vector<PduToSend> parts_of(Message const& message, std::string const& digits) const;

  ModemSettings settings_;
  ChannelContext context_;
  ComposeRules compose_;
  ModemInbound inbound_;
  Modem modem_;
  Event watch_ended_;
  bool is_watching_ = false;
};

}  // namespace siaga::sms
