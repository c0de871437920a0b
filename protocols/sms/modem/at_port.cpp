#include "protocols/sms/modem/at_port.hpp"

#include <array>
#include <utility>

#include "gateway/async/spawn.hpp"
#include "gateway/ports/sleep.hpp"

namespace siaga::sms {
namespace asio = boost::asio;
namespace {

constexpr milliseconds write_limit{5000};
constexpr milliseconds read_limit = std::chrono::hours(24);  // a modem may have nothing to say

}  // namespace

AtPort::AtPort(AtPortContext const& context, NoticeSink& sink, std::unique_ptr<Stream> stream)
    : context_(context),
      sink_(&sink),
      stream_(std::move(stream)),
      dialogue_(*this, context.prompt_limit),
      answered_(context.executor),
      to_write_(context.executor),
      to_tick_(context.executor),
      ended_(context.executor) {}

void AtPort::start() {
  coroutines_ = 3;
  spawn(context_.executor, "modem_reader", read_all(shared_from_this()));
  spawn(context_.executor, "modem_writer", write_all(shared_from_this()));
  spawn(context_.executor, "modem_timekeeper", keep_time(shared_from_this()));
}

asio::awaitable<AtAnswer> AtPort::ask(AtCommand command) {
  if (is_lost_) co_return AtAnswer();
  answer_.reset();
  dialogue_.start(std::move(command), context_.clock.steady_now());
  pump();
  while (!answer_) co_await answered_.wait();
  auto answer = std::move(*answer_);
  answer_.reset();
  co_return answer;
}

void AtPort::close() {
  sink_ = nullptr;
  lose(Error(Errc::cancelled, "closed"));
}

asio::awaitable<void> AtPort::wait_ended() {
  while (coroutines_ > 0) co_await ended_.wait();
}

void AtPort::on_answer(AtAnswer answer) {
  answer_ = std::move(answer);
  answered_.notify();
}

void AtPort::on_notice(AtNotice const& notice) {
  if (sink_ != nullptr) sink_->on_notice(notice);
}

void AtPort::pump() {
  if (!dialogue_.output().empty()) to_write_.notify();
  to_tick_.notify();
}

void AtPort::lose(Error why) {
  if (is_lost_) return;
  is_lost_ = true;
  why_lost_ = std::move(why);
  dialogue_.lose();
  stream_->close();
  to_write_.notify();
  to_tick_.notify();
  if (sink_ != nullptr) sink_->on_port_lost();
}

void AtPort::coroutine_ended() {
  --coroutines_;
  ended_.notify();
}

asio::awaitable<void> AtPort::read_all(std::shared_ptr<AtPort> self) {
  std::array<char, 2048> buffer;
  while (!self->is_lost_) {
    std::span<char> const room(buffer);
    auto const got = co_await self->stream_->read_some(room, read_limit);
    if (!got) {
      self->lose(got.error());
      break;
    }
    self->dialogue_.receive(std::string_view(buffer.data(), *got),
                            self->context_.clock.steady_now());
    self->pump();
  }
  self->coroutine_ended();
}

asio::awaitable<void> AtPort::write_all(std::shared_ptr<AtPort> self) {
  std::string writing;
  while (!self->is_lost_) {
    writing.clear();
    std::swap(writing, self->dialogue_.output());
    if (writing.empty()) {
      co_await self->to_write_.wait();
      continue;
    }
    auto const written = co_await self->stream_->write(writing, write_limit);
    if (!written) self->lose(written.error());
  }
  self->coroutine_ended();
}

asio::awaitable<void> AtPort::keep_time(std::shared_ptr<AtPort> self) {
  while (!self->is_lost_) {
    self->dialogue_.tick(self->context_.clock.steady_now());
    if (!self->dialogue_.output().empty()) self->to_write_.notify();
    co_await sleep_or(self->context_.clock, self->dialogue_.next_due(), self->to_tick_);
  }
  self->coroutine_ended();
}

}  // namespace siaga::sms
