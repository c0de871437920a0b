// SmtpChannel: carries messages to officers as mail.
//
// Place:  lane -> SMTP CHANNEL -> pool -> mail server.
// Thread: core only. width() sends at once; narrower for a while when the server bears fewer.
// Time:   send() ends within its limit; nothing is begun past the message's expiry. While down, one
//         probe at a time, with jitter: after 1 s, doubling to 60 s; 5 minutes once refused for
//         good (5xx: a wrong password). Sends are refused at once meanwhile, as the channel's
//         fault.
// Errors: a SendOutcome. A connection found dead on reuse costs nothing: a new one is made.
// Durable: nothing. The Message-ID is the same for every attempt of a delivery.
#pragma once

#include <optional>
#include <random>

#include "gateway/async/event.hpp"
#include "gateway/ports/channel.hpp"
#include "protocols/email/mime/letter.hpp"
#include "protocols/email/settings.hpp"
#include "protocols/email/smtp/pool.hpp"
#include "protocols/email/smtp/transaction.hpp"

namespace siaga::email {

class SmtpChannel final : public Channel {
 public:
  SmtpChannel(Terms terms, ChannelContext context);

  boost::asio::awaitable<void> run() override;
  void stop() override;
  boost::asio::awaitable<SendOutcome> send(Message const& message, milliseconds limit) override;
  std::size_t width() const override { return width_; }
  LinkState state() const override { return state_; }
  std::string state_reason() const override { return reason_; }
  bool tried_once() const override { return tried_; }
  std::string preview(Message const& message) const override;

 private:
  class Underway {  // counts one send while it lives
   public:
    explicit Underway(SmtpChannel& channel);
    ~Underway();
    Underway(Underway const&) = delete;
    Underway& operator=(Underway const&) = delete;

   private:
    SmtpChannel& channel_;
  };
  struct Outgoing {
    Letter const& letter;
    UtcTime expires;
    Permission permission;
  };
  struct Tried {
    SendOutcome outcome;
    bool stale = false;
  };
  std::optional<SendOutcome> withheld(Outgoing const& mail) const;
  boost::asio::awaitable<SendOutcome> deliver(Outgoing const& mail, SteadyTime until);
  boost::asio::awaitable<Tried> hand_over(Lease lease, Outgoing const& mail, Connection connection,
                                          SteadyTime until);
  FailedTemporarily cannot_connect(Error const& why);
  boost::asio::awaitable<void> probe();
  boost::asio::awaitable<void> say_goodbye();
  void connected();
  void went_down(Error const& why);
  milliseconds until_next_turn() const;

  Terms terms_;
  ChannelContext context_;
  LetterBook letters_;
  Pool pool_;
  Event wake_;
  std::minstd_rand jitter_;
  LinkState state_ = LinkState::down;
  std::string reason_ = "not connected yet";
  bool tried_ = false;
  bool stopping_ = false;
  bool probing_ = false;
  std::size_t width_;
  std::size_t sending_ = 0;
  int failures_ = 0;         // connect attempts in a row
  SteadyTime next_probe_{};  // while down
  SteadyTime widen_at_{};    // while narrower than configured
};

}  // namespace siaga::email
