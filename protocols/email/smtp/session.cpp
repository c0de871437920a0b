#include "protocols/email/smtp/session.hpp"

#include <algorithm>

namespace siaga::email {
namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr milliseconds write_patience = 3min;    // RFC 5321: each block of the message
constexpr milliseconds handshake_patience = 5s;  // cannot be interrupted, so kept short

Stage awaited(Step const& step) {
  if (auto const* write = std::get_if<Write>(&step)) return write->stage;
  return std::get<Wait>(step).stage;
}

Error too_late(Stage stage) {
  return Error(Errc::timed_out, "no answer to " + std::string(to_word(stage)) + " in time");
}

}  // namespace

milliseconds Session::left(SteadyTime until, milliseconds at_most) const {
  return std::min(until - clock_.steady_now(), at_most);
}

asio::awaitable<void> Session::hold(Dialogue& dialogue, SteadyTime until) {
  using LastWrite = Dialogue::LastWrite;
  Step step = dialogue.begin();
  while (!std::holds_alternative<Done>(step)) {
    if (std::holds_alternative<Secure>(step)) {
      auto const secured = co_await secure(until);
      if (!secured) co_return dialogue.lost(secured.error(), LastWrite::complete);
      step = dialogue.secured();
      continue;
    }
    auto const stage = awaited(step);
    if (auto const* write = std::get_if<Write>(&step)) {
      auto const limit = left(until, write_patience);
      auto const written = co_await stream_->write(write->bytes, limit);
      if (!written) co_return dialogue.lost(written.error(), LastWrite::incomplete);
    }
    auto const reply = co_await read_reply(stage, until);
    if (!reply) co_return dialogue.lost(reply.error(), LastWrite::complete);
    step = dialogue.answered(*reply);
  }
}

asio::awaitable<Result<Reply>> Session::read_reply(Stage stage, SteadyTime until) {
  auto const stage_end = std::min(until, clock_.steady_now() + patience_of(stage));
  for (;;) {
    auto next = reader_.next();
    if (!next) co_return next.error();
    if (next->has_value()) co_return std::move(**next);
    auto const limit = left(stage_end, patience_of(stage));
    if (limit <= 0ms) co_return too_late(stage);
    auto const size = co_await stream_->read_some(bytes_, limit);
    if (!size && size.error().is(Errc::timed_out)) co_return too_late(stage);
    if (!size)
      co_return Error(
          size.error().code,
          "waiting for the answer to " + std::string(to_word(stage)) + ": " + size.error().detail);
    reader_.feed(std::string_view(bytes_.data(), *size));
  }
}

asio::awaitable<Result<void>> Session::secure(SteadyTime until) {
  reader_.drop();
  auto const limit = left(until, handshake_patience);
  auto secured = co_await start_tls(std::move(stream_), tls_, limit);
  if (!secured) co_return secured.error();
  stream_ = std::move(*secured);
  if (closed_) stream_->close();
  co_return Result<void>();
}

asio::awaitable<void> Session::quit(SteadyTime until) {
  auto const limit = left(until, patience_of(Stage::quit));
  auto const written = co_await stream_->write("QUIT\r\n", limit);
  if (written) {
    auto const reply = co_await read_reply(Stage::quit, until);
    if (!reply) reader_.drop();
  }
  close();
}

void Session::close() noexcept {
  closed_ = true;
  if (stream_) stream_->close();
}

}  // namespace siaga::email
