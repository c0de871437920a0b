// Doubles for the channel's parts; each writes what happened into one story.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>

#include "protocols/radio/voice_channel.hpp"
#include "tests/radio/samples.hpp"
#include "tests/support/fake_clock.hpp"

namespace siaga::radio::test {

namespace asio = boost::asio;
using Story = std::vector<std::string>;

struct SpeechDouble final : Speech {
  Story& story;
  milliseconds length{2000};
  std::optional<Error> failure;
  std::vector<std::string> texts;

  explicit SpeechDouble(Story& s) : story(s) {}
  asio::awaitable<Result<Pcm>> say(std::string text, milliseconds) override {
    texts.push_back(std::move(text));
    if (failure) co_return *failure;
    co_return sine(300, length, 16000);
  }
  void stop() noexcept override {}
};

struct SinkDouble final : Sink {
  Story& story;
  Clock& clock;
  bool real_time = false;
  std::optional<Error> not_ready, not_finished;
  std::function<void()> while_playing;
  Broadcast last;

  SinkDouble(Story& s, Clock& c) : story(s), clock(c) {}
  int rate_hz() const override { return 16000; }
  bool takes_air_time() const override { return real_time; }
  asio::awaitable<Result<void>> ready(Broadcast const&, std::size_t) override {
    story.push_back("ready");
    if (not_ready) co_return *not_ready;
    co_return Result<void>();
  }
  asio::awaitable<Result<void>> play(Broadcast const& broadcast, std::size_t keying,
                                     OnAir const& on_air) override {
    story.push_back("play");
    if (real_time) {
      auto const end = clock.steady_now() + broadcast.sound[keying].length();
      co_await clock.sleep_until(end);
    }
    if (while_playing) while_playing();
    if (!on_air()) co_return Error(Errc::cancelled, "taken off the air");
    co_return Result<void>();
  }
  asio::awaitable<Result<void>> finish(Broadcast const& broadcast) override {
    story.push_back("finish");
    last = broadcast;
    if (not_finished) co_return *not_finished;
    co_return Result<void>();
  }
};

struct PttDouble final : Ptt {
  Story& story;
  bool up = false;
  std::optional<Error> key_failure, unkey_failure;
  LinkState link = LinkState::up;

  explicit PttDouble(Story& s) : story(s) {}
  asio::awaitable<void> run() override { co_return; }
  void stop() override {}
  asio::awaitable<Result<void>> key() override {
    story.push_back("key");
    if (key_failure) co_return *key_failure;
    up = true;
    co_return Result<void>();
  }
  asio::awaitable<Result<void>> unkey() override {
    story.push_back("unkey");
    up = false;
    if (unkey_failure) co_return *unkey_failure;
    co_return Result<void>();
  }
  void drop() noexcept override {
    story.push_back("drop");
    up = false;
  }
  bool is_up() const override { return up; }
  LinkState state() const override { return link; }
  std::string reason() const override { return link == LinkState::up ? "" : "PTT trouble"; }
  bool tried_once() const override { return true; }
};

struct NoReceipts final : ReceiptSink {
  asio::awaitable<Result<void>> record(Receipt) override { co_return Result<void>(); }
};
struct NoReplies final : ReplySink {
  asio::awaitable<Result<void>> take(Reply) override { co_return Result<void>(); }
};

// A channel of doubles, a clock moved by hand, and one send at a time.
struct Studio {
  asio::io_context io;
  siaga::test::FakeClock clock;
  NoReceipts receipts;
  NoReplies replies;
  Story story;
  SpeechDouble* speech = nullptr;
  SinkDouble* sink = nullptr;
  PttDouble* ptt = nullptr;
  std::unique_ptr<VoiceChannel> channel;

  explicit Studio(PlanShape shape = {}) {
    VoiceParts parts;
    parts.speech = std::make_unique<SpeechDouble>(story);
    parts.sink = std::make_unique<SinkDouble>(story, clock);
    parts.ptt = std::make_unique<PttDouble>(story);
    parts.style = {"SIAGA BONTANG", "", 2};
    parts.shape = shape;
    speech = static_cast<SpeechDouble*>(parts.speech.get());
    sink = static_cast<SinkDouble*>(parts.sink.get());
    ptt = static_cast<PttDouble*>(parts.ptt.get());
    ChannelContext context{io.get_executor(), clock,   ChannelName("radio"),
                           receipts,          replies, "/nowhere"};
    channel = std::make_unique<VoiceChannel>(std::move(context), std::move(parts));
  }

  // Lets time pass while the send needs it.
  SendOutcome send(Message const& message) {
    std::optional<SendOutcome> outcome;
    auto const done = [&](std::exception_ptr failure, SendOutcome result) {
      if (failure) std::rethrow_exception(failure);
      outcome = std::move(result);
    };
    asio::co_spawn(io, channel->send(message, milliseconds(60000)), done);
    for (int i = 0; i < 10000 && !outcome; ++i) {
      io.restart();
      io.poll();
      if (!outcome) clock.advance(milliseconds(100));
    }
    return outcome.value_or(OutcomeUnknown("the send never ended"));
  }
};

}  // namespace siaga::radio::test
