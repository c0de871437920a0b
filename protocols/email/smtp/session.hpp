// Session: one connection to the mail server; moves the bytes of dialogues, decides nothing.
//
// Place:  pool -> SESSION -> Stream.
// Thread: core only; one dialogue at a time.
// Time:   every wait ends by the caller's `until` (steady time) and by the stage's own patience.
// Errors: told to the dialogue by lost(); afterwards the session is only good for close().
#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <memory>

#include "gateway/async/stream.hpp"
#include "gateway/ports/clock.hpp"
#include "protocols/email/smtp/capabilities.hpp"
#include "protocols/email/smtp/dialogue.hpp"

namespace siaga::email {

class Session {
 public:
  // `tls` outlives the session.
  Session(std::unique_ptr<Stream> stream, Clock& clock, TlsSettings const& tls)
      : stream_(std::move(stream)), clock_(clock), tls_(tls) {}

  boost::asio::awaitable<void> hold(Dialogue& dialogue, SteadyTime until);
  // TLS before the first word (smtps).
  boost::asio::awaitable<Result<void>> secure(SteadyTime until);
  boost::asio::awaitable<void> quit(SteadyTime until);
  void close() noexcept;  // ends what is under way with connection_lost

  Capabilities server;  // what the opening found
  SteadyTime idle_since{};

 private:
  boost::asio::awaitable<Result<Reply>> read_reply(Stage stage, SteadyTime until);
  milliseconds left(SteadyTime until, milliseconds at_most) const;

  std::unique_ptr<Stream> stream_;
  Clock& clock_;
  TlsSettings const& tls_;
  ReplyReader reader_;
  std::array<char, 4096> bytes_{};
  bool closed_ = false;
};

}  // namespace siaga::email
