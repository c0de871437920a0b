// AtPort: an open port with its Dialogue: moves bytes, keeps the time, lets one coroutine ask.
//
// Place:  Modem, StartUp, Storages -> AT PORT -> Dialogue, Stream. Notices -> NoticeSink.
// Thread: core only. Three coroutines a port: reader, writer, timekeeper; they own it together.
// Time:   each command's own limit, steady time by the Clock.
// Errors: in the AtAnswer. why_lost() says what ended the port.
// Bounds: one command at a time; the asker waits for its answer before it asks again.
#pragma once

#include "gateway/async/event.hpp"
#include "gateway/async/stream.hpp"
#include "gateway/ports/clock.hpp"
#include "protocols/sms/modem/dialogue.hpp"

namespace siaga::sms {

class NoticeSink {
 public:
  virtual ~NoticeSink() = default;
  virtual void on_notice(AtNotice const& notice) = 0;
  virtual void on_port_lost() = 0;
};

struct AtPortContext {
  boost::asio::any_io_executor executor;
  Clock& clock;
  milliseconds prompt_limit{5000};
};

class AtPort final : public std::enable_shared_from_this<AtPort>, private DialogueOwner {
 public:
  AtPort(AtPortContext const& context, NoticeSink& sink, std::unique_ptr<Stream> stream);

  void start();  // once
  boost::asio::awaitable<AtAnswer> ask(AtCommand command);
  void close();                               // ends a question under way as lost
  boost::asio::awaitable<void> wait_ended();  // all three coroutines; after close()
  bool is_lost() const noexcept { return is_lost_; }
  boost::asio::any_io_executor const& executor() const noexcept { return context_.executor; }
  Error const& why_lost() const noexcept { return why_lost_; }

 private:
  static boost::asio::awaitable<void> read_all(std::shared_ptr<AtPort> self);
  static boost::asio::awaitable<void> write_all(std::shared_ptr<AtPort> self);
  static boost::asio::awaitable<void> keep_time(std::shared_ptr<AtPort> self);

  void on_answer(AtAnswer answer) override;
  void on_notice(AtNotice const& notice) override;
  void pump();
  void lose(Error why);
  void coroutine_ended();

  AtPortContext context_;
  NoticeSink* sink_;  // until close()
  std::unique_ptr<Stream> stream_;
  Dialogue dialogue_;
  std::optional<AtAnswer> answer_;
  bool is_lost_ = false;
  Error why_lost_{Errc::cancelled, "closed"};
  int coroutines_ = 0;
  Event answered_, to_write_, to_tick_, ended_;
};

}  // namespace siaga::sms
