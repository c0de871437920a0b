// Rig: a real channel of email on a loop of its own against a mail sink that does as it is told.
//
// Place:  tests/email/*_link_test.cpp.
// Time:   real; nothing sleeps, the loop runs until what is awaited has happened.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <functional>
#include <memory>

#include "gateway/ports/channel.hpp"
#include "protocols/email/settings.hpp"
#include "tests/support/child.hpp"

namespace siaga::email::test {

class RealClock final : public Clock {
 public:
  UtcTime utc_now() const override;
  SteadyTime steady_now() const override;
  boost::asio::awaitable<void> sleep_until(SteadyTime until) override;
};

class NoSinks final : public ReceiptSink, public ReplySink {
 public:
  boost::asio::awaitable<Result<void>> record(Receipt receipt) override;
  boost::asio::awaitable<Result<void>> take(siaga::Reply reply) override;
};

struct ReceivedMail {
  std::string from, to, message_id, subject, text, link;
  bool answered = false, tls = false;
};

class MailSink {
 public:
  explicit MailSink(std::vector<std::string> arguments = {});

  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port); }
  std::string tell(std::string const& command);  // and its answer
  std::int64_t count(std::string const& name);   // of `stats`
  ReceivedMail mail();                           // the next one printed
  std::vector<ReceivedMail> mails(std::size_t count);

  std::uint16_t port = 0, smtps_port = 0;

 private:
  siaga::test::Child child_;
  boost::asio::io_context io_;
  boost::asio::ip::tcp::socket control_{io_};
};

class Rig {
 public:
  explicit Rig(SmtpSettings const& settings);
  ~Rig();  // stops the channel and waits for its goodbye

  Channel& channel() { return *channel_; }
  void start();  // run(), and until the first connect attempt has ended
  SendOutcome send(Message const& message,
                   std::chrono::milliseconds limit = std::chrono::seconds(5));
  // Several at once, `width` under way.
  std::vector<SendOutcome> send_all(std::vector<Message> const& messages, std::size_t width);
  // All at once, while the first connect attempt is still under way.
  std::vector<SendOutcome> send_all_while_starting(std::vector<Message> const& messages);
  bool until(std::function<bool()> const& holds,
             std::chrono::milliseconds limit = std::chrono::seconds(10));
  void stop();
  // Begins to send, stops once `has_left` holds, and waits for both to end.
  SendOutcome stop_while_sending(Message const& message, std::function<bool()> const& has_left);

 private:
  void begin();

  boost::asio::io_context io_{1};
  RealClock clock_;
  NoSinks sinks_;
  std::unique_ptr<Channel> channel_;
  bool started_ = false, ended_ = false;
};

// The server hangs somewhere before it takes mail.
void check_down_within_limit(SmtpSettings const& settings, Message const& message);

SmtpSettings settings_for(std::string const& url);

}  // namespace siaga::email::test
