// SmppBind: one of an account's sessions, kept alive: connects, binds, reads, writes, reconnects.
//
// Place:  SmppChannel -> SMPP BIND -> Session on a Link -> SMSC; news of the session -> BindOwner.
// Thread: core only. Coroutines: run (connects and reads), a writer and a timekeeper a connection.
// Time:   reconnects when Reconnect says; after a refusal of name or password only every
//         `retry_refused`.
// Errors: kept as the reason people read; every outage is logged once.
#pragma once

#include <random>

#include "gateway/ports/channel.hpp"
#include "protocols/sms/smpp/account.hpp"
#include "protocols/sms/smpp/link.hpp"
#include "protocols/sms/smpp/reconnect.hpp"

namespace siaga::sms {

class SmppBind;

class BindOwner {
 public:
  virtual ~BindOwner() = default;
  virtual void on_progress() = 0;  // something came, or time has passed: write what may go now
  virtual void on_answer(Ticket ticket, SubmitAnswer const& answer) = 0;
  virtual void on_unanswered(Ticket ticket, Unanswered why) = 0;
  virtual void on_told(Ticket ticket, Told told) = 0;
  virtual void on_deliver(std::shared_ptr<Link> const& link, std::uint32_t sequence,
                          ShortMessage const& message) = 0;
  virtual void on_down(SmppBind const& bind) = 0;
  virtual void on_tick(SteadyTime now) = 0;
  // The earliest thing to do besides the session's own.
  virtual SteadyTime next_due(SteadyTime now, bool room) = 0;
  virtual bool owes_answers() const = 0;  // a deliver_sm is not answered yet
};

class SmppBind final : private SessionOwner {
 public:
  SmppBind(SmppAccount const& account, Role role, ChannelContext const& context, BindOwner& owner);

  boost::asio::awaitable<void> run();
  void stop();
  void flush();  // the session has something to write, or ended

  Role role() const noexcept { return role_; }
  bool bound() const noexcept { return link_ && link_->session.bound(); }
  bool submits() const noexcept { return role_ != Role::receiver; }
  Session* session() noexcept { return link_ ? &link_->session : nullptr; }
  bool tried_once() const noexcept { return tried_once_; }
  bool is_refused() const noexcept { return refused_; }
  milliseconds reconnect_wait() const;
  std::string why_down() const;  // for people

 private:
  using Opened = Result<std::unique_ptr<Stream>>;

  boost::asio::awaitable<Opened> connect();
  boost::asio::awaitable<void> serve(std::unique_ptr<Stream> stream);
  boost::asio::awaitable<void> read_all(std::shared_ptr<Link> link);
  boost::asio::awaitable<void> write_all(std::shared_ptr<Link> link);
  boost::asio::awaitable<void> keep_time(std::shared_ptr<Link> link);
  boost::asio::awaitable<void> wait_to_reconnect();

  void on_bound() override;
  void on_answer(Ticket ticket, SubmitAnswer const& answer) override;
  void on_unanswered(Ticket ticket) override;
  void on_told(Ticket ticket, Told told) override;
  void on_deliver(std::uint32_t sequence, ShortMessage const& message) override;

  void tick();
  SteadyTime next_due();
  void say_goodbye_when_done();
  void down_because(Error const& why);

  SmppAccount const& account_;
  Role role_;
  ChannelContext context_;
  BindOwner& owner_;
  std::shared_ptr<Link> link_;  // while there is a connection
  std::size_t coroutines_ = 0;  // of the connection, besides run()
  Event coroutine_ended_;
  Event reconnect_now_;
  bool stopping_ = false;
  bool tried_once_ = false;
  bool refused_ = false;
  bool saying_goodbye_ = false;
  Reconnect reconnect_;
  SteadyTime stop_by_{}, reconnect_at_{};
  std::string reason_ = "not started";
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace siaga::sms
