// Channel: one way out to people. Receipts and replies come back through the sinks it was made
// with.
//
// Place:  lane -> CHANNEL -> the world; the world -> CHANNEL -> ReceiptSink, ReplySink.
// Thread: core only.
// Time:   send() gets a limit in steady time and ends by then, whatever the peer does. A message
//         that a modem is sending ends by the channel's own `send_timeout`.
// Errors: a SendOutcome; never throws for what a peer does.
// Durable: nothing here. A receipt or reply may be confirmed to the peer only after its sink
//         returned success: that is the commit.
#pragma once

#include <any>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gateway/base/fields.hpp"
#include "gateway/base/result.hpp"
#include "gateway/domain/message.hpp"
#include "gateway/ports/caution.hpp"
#include "gateway/ports/clock.hpp"
#include "gateway/ports/replies.hpp"

namespace siaga {

enum class LinkState { down, degraded, up };
SIAGA_WORDS(LinkState, "down", "degraded", "up");

class Channel {
 public:
  virtual ~Channel() = default;
  // Keeps the link alive until stop(); returns after a clean goodbye. Started once.
  virtual boost::asio::awaitable<void> run() = 0;
  // Ends run() and any send under way, politely, within a few seconds.
  virtual void stop() = 0;
  // Asks message.permission right before the first byte; refused, it returns not_begun().
  virtual boost::asio::awaitable<SendOutcome> send(Message const& message, milliseconds limit) = 0;
  // The alert is withdrawn: messages that the network still holds are taken back where possible.
  virtual void withdraw(AlertId) {}
  // Whether an answer may still come after the limit; then an unknown outcome is worth waiting for.
  virtual bool tells_late() const { return false; }
  virtual std::size_t width() const = 0;  // so many sends may be under way at once
  virtual LinkState state() const = 0;
  virtual std::string state_reason() const = 0;  // for people: "connection refused by 127.0.0.1"
  // What is known of the link, for people: ("model", "EC25").
  using Facts = std::vector<std::pair<std::string, std::string>>;
  virtual Facts facts() const { return {}; }
  // Down for a reason that waiting does not cure: a password refused, a card locked.
  virtual bool is_refused() const { return false; }
  virtual bool tried_once() const = 0;  // the first connect attempt has ended, either way
  // Exactly what the reader gets, as text. Pure: works before run().
  virtual std::string preview(Message const& message) const = 0;
};

struct ChannelContext {
  boost::asio::any_io_executor executor;
  Clock& clock;
  ChannelName name;
  ReceiptSink& receipts;
  ReplySink& replies;
  std::string data_dir;  // for what must outlive a restart (counters), and relative sinks
};

// One line in registry.cpp. `make` checks nothing the settings table could; it reports the rest.
struct ChannelKind {
  std::string kind;         // "smpp"
  std::string address_key;  // the officer's key: "sms", "email"; "" = one message speaks to all
  Fields const* fields;
  std::any (*default_settings)();
  void* (*settings_of)(std::any&);  // for Field::set
  Result<std::unique_ptr<Channel>> (*make)(std::any const& settings, ChannelContext context);
  Cautions (*cautions)(std::any const& settings) = nullptr;  // of settings that can work
};

}  // namespace siaga
