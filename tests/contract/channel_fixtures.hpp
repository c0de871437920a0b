// Channel fixtures: for each kind of channel, settings whose peers are all away.
//
// Place:  channel_contract_test.cpp. A kind in the registry without a fixture here fails the suite.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "gateway/app/system_clock.hpp"
#include "gateway/ports/channel.hpp"
#include "tests/support/temp_dir.hpp"

namespace siaga::contract {

// By the kind's own keys, as a configuration file would have them.
using SettingsByKey = std::map<std::string, FieldValue>;
std::map<std::string, std::function<SettingsByKey()>> const& fixtures();

class NoSinks final : public ReceiptSink, public ReplySink {
 public:
  boost::asio::awaitable<Result<void>> record(Receipt receipt) override;
  boost::asio::awaitable<Result<void>> take(Reply reply) override;
};

// One channel of a kind on a loop of its own.
class Bench {
 public:
  explicit Bench(ChannelKind const& kind);
  ~Bench();

  Channel& channel() { return *channel_; }
  void start();  // run()
  bool until(std::function<bool()> const& met, milliseconds limit);
  bool ended() const { return ended_; }
  // Starts a send; its outcome is in outcome() once it has ended.
  void begin_send(Message message, milliseconds limit);
  std::optional<SendOutcome> const& outcome() const { return outcome_; }

 private:
  boost::asio::awaitable<void> run();
  boost::asio::awaitable<void> carry(Message message, milliseconds limit);

  test::TempDir place_;
  boost::asio::io_context io_{1};
  SystemClock clock_;
  NoSinks sinks_;
  std::unique_ptr<Channel> channel_;
  std::optional<SendOutcome> outcome_;
  bool started_ = false, ended_ = false;
};

// An exercise, so that the mark has to show.
Message an_exercise(ChannelKind const& kind);

}  // namespace siaga::contract
