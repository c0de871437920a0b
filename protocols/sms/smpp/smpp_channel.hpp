// SmppChannel: SMS over one SMPP account: keeps the link alive, sends what fits, hands back what
// comes.
//
// Place:  lane -> SMPP CHANNEL -> Outbox -> Session -> SMSC; SMSC -> Session -> Inbound -> sinks.
// Thread: core only. Coroutines: run (connects and reads), a writer and a timekeeper a connection.
// Time:   reconnects after 1 to 60 s with jitter; after a refusal of name or password only every
//         `retry_refused`.
// Errors: not connected: FailedTemporarily for the whole channel. See Outbox for the rest.
// Bounds: `window` sends wide.
#pragma once

#include <random>

#include "gateway/ports/channel.hpp"
#include "protocols/sms/smpp/inbound.hpp"
#include "protocols/sms/smpp/link.hpp"
#include "protocols/sms/smpp/outbox.hpp"
#include "protocols/sms/smpp/settings.hpp"
#include "protocols/sms/text/compose_sms.hpp"

namespace siaga::sms {

// The settings, checked and in the types of their use.
struct SmppAccount {
  SmppSettings settings;
  SessionRules rules;
  Sender sender;
  ComposeRules compose;
  SubmitForm form;
  InboundRules inbound;
};

class SmppChannel final : public Channel, private SessionOwner {
 public:
  SmppChannel(SmppAccount account, ChannelContext context);

  boost::asio::awaitable<void> run() override;
  void stop() override;
  boost::asio::awaitable<SendOutcome> send(Message const& message, milliseconds limit) override;
  std::size_t width() const override { return account_.rules.window; }
  LinkState state() const override;
  std::string state_reason() const override;
  Facts facts() const override;
  bool is_refused() const override { return refused_; }
  bool tried_once() const override { return tried_once_; }
  std::string preview(Message const& message) const override;

 private:
  using Opened = Result<std::unique_ptr<Stream>>;

  boost::asio::awaitable<Opened> connect();
  boost::asio::awaitable<void> serve(std::unique_ptr<Stream> stream);
  boost::asio::awaitable<void> read_all(std::shared_ptr<Link> link);
  boost::asio::awaitable<void> write_all(std::shared_ptr<Link> link);
  boost::asio::awaitable<void> keep_time(std::shared_ptr<Link> link);
  boost::asio::awaitable<void> wait_to_reconnect();

  void on_bound() override;
  void on_answer(Ticket ticket, Status status, std::string_view message_id) override;
  void on_unanswered(Ticket ticket) override;
  void on_deliver(std::uint32_t sequence, ShortMessage const& message) override;

  void tick();
  void pump();
  SteadyTime next_due();
  Moment now() const;
  void say_goodbye_when_done();
  void down_because(Error const& why);
  milliseconds reconnect_wait();
  std::string peer_name() const;

  SmppAccount account_;
  ChannelContext context_;
  std::shared_ptr<Outbox> outbox_;
  std::shared_ptr<Inbound> inbound_;
  std::shared_ptr<Link> link_;  // while there is a connection
  std::size_t coroutines_ = 0;  // of the connection, besides run()
  Event coroutine_ended_;
  Event reconnect_now_;
  bool stopping_ = false;
  bool tried_once_ = false;
  bool refused_ = false;
  bool saying_goodbye_ = false;
  int failures_ = 0;
  SteadyTime stop_by_{}, bound_at_{}, reconnect_at_{};
  std::string reason_ = "not started";
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace siaga::sms
