// SmppChannel: SMS over one SMPP account: sends over its binds what fits, hands back what comes.
//
// Place:  lane -> SMPP CHANNEL -> Outbox -> SmppBinds -> SMSC; SMSC -> SmppBinds -> Inbound ->
//         sinks.
// Thread: core only.
// Errors: no bind that submits: FailedTemporarily for the whole channel. See Outbox for the rest.
// Bounds: `window` sends wide for each bind that submits; one pace over all of them, as contracts
//         count the account.
#pragma once

#include "protocols/sms/smpp/smpp_bind.hpp"

namespace siaga::sms {

class SmppChannel final : public Channel, private BindOwner {
 public:
  SmppChannel(SmppAccount account, ChannelContext context);

  boost::asio::awaitable<void> run() override;
  void stop() override;
  boost::asio::awaitable<SendOutcome> send(Message const& message, milliseconds limit) override;
  void withdraw(AlertId alert) override;
  bool tells_late() const override { return true; }
  std::size_t width() const override;
  LinkState state() const override;
  std::string state_reason() const override;
  Facts facts() const override;
  bool is_refused() const override;
  bool tried_once() const override;
  std::string preview(Message const& message) const override;

 private:
  boost::asio::awaitable<void> keep(SmppBind& bind);

  void on_progress() override;
  void on_answer(Ticket ticket, SubmitAnswer const& answer) override;
  void on_unanswered(Ticket ticket, Unanswered why) override;
  void on_told(Ticket ticket, Told told) override;
  void on_deliver(std::shared_ptr<Link> const& link, std::uint32_t sequence,
                  ShortMessage const& message) override;
  void on_down(SmppBind const& bind) override;
  void on_tick(SteadyTime now) override;
  SteadyTime next_due(SteadyTime now, bool room) override;
  bool owes_answers() const override { return inbound_->under_way() > 0; }

  bool can_submit() const;
  SmppBind const* first_down() const;  // of those that submit, else of all; null = none
  Moment now() const;

  SmppAccount account_;
  ChannelContext context_;
  std::shared_ptr<FollowUp> follow_up_;
  std::shared_ptr<Outbox> outbox_;
  std::shared_ptr<Inbound> inbound_;
  std::vector<std::unique_ptr<SmppBind>> binds_;
  std::vector<Session*> bound_;  // made anew whenever it is used
  std::size_t running_ = 0;      // binds
  Event bind_ended_;
  bool stopping_ = false;
};

}  // namespace siaga::sms
