// Stage: the real SMPP channel against the test SMSC as a child process, on ports of their own.
//
// Place:  smpp_link_test.cpp. One thread; every wait has a limit and ends as soon as it is met.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <optional>
#include <set>

#include "gateway/app/system_clock.hpp"
#include "gateway/async/spawn.hpp"
#include "protocols/sms/kind.hpp"
#include "protocols/sms/smpp/settings.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/child.hpp"

namespace siaga::sms {

using std::chrono::seconds;

class TestSmsc {
 public:
  explicit TestSmsc(std::vector<std::string> const& options = {});

  std::uint16_t port() const noexcept { return port_; }
  std::string command(std::string const& line);  // over the control port
  std::int64_t stat(std::string const& name);
  // Skips log lines until one has both parts; needs {"--quiet", "0"}.
  std::optional<std::string> logged(std::string_view event, std::string_view part);

 private:
  test::Child child_;
  std::uint16_t port_ = 0, control_ = 0;
};

// Knows the ids it was told of; refuses as often as it is asked to.
class Receipts final : public ReceiptSink {
 public:
  boost::asio::awaitable<Result<void>> record(Receipt receipt) override;
  boost::asio::awaitable<Result<void>> resolve(LateOutcome late) override;

  std::vector<LateOutcome> resolved;
  std::set<std::string> known;
  std::map<std::string, DeliveryState> recorded;
  int unknown = 0, failures_left = 0;
};

class Replies final : public ReplySink {
 public:
  boost::asio::awaitable<Result<void>> take(Reply reply) override;

  std::vector<Reply> taken;
  bool keeps = true;  // `taken`
  int failures_left = 0;
};

class Stage {
 public:
  explicit Stage(SmppSettings settings);
  ~Stage();  // stops the channel and waits for it

  static SmppSettings settings(std::uint16_t port);
  bool until(std::function<bool()> const& met, milliseconds limit = seconds(20));
  bool up() {
    return until([this] { return channel->state() != LinkState::down; });
  }
  bool down() {
    return until([this] { return channel->state() == LinkState::down; });
  }
  // Starts a send; its outcome comes to outcomes[name].
  void send(std::string const& name, Message message, milliseconds limit = seconds(20));
  SendOutcome sent(Message message, milliseconds limit = seconds(20));  // waits for it
  void stop();

  template <class Outcome>
  std::size_t count() const {
    std::size_t n = 0;
    for (auto const& [name, outcome] : outcomes) n += std::holds_alternative<Outcome>(outcome);
    return n;
  }

  boost::asio::io_context io{1};
  SystemClock clock;
  Receipts receipts;
  Replies replies;
  std::unique_ptr<Channel> channel;
  std::map<std::string, SendOutcome> outcomes;
  bool ended = false;

 private:
  boost::asio::awaitable<void> run();
  boost::asio::awaitable<void> carry(std::string name, Message message, milliseconds limit);
};

Message an_alert(int officer);

}  // namespace siaga::sms
