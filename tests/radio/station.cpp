// A daemon in small: one voice channel, one alert, for tests that kill it.
//
//   radio_station SINK PTT alert|closing      prints "state ...", then "outcome ...", then ends at
//   "stop"
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdlib>
#include <iostream>

#include "gateway/async/spawn.hpp"
#include "protocols/radio/kind.hpp"
#include "protocols/radio/settings.hpp"
#include "tests/radio/doubles.hpp"
#include "tests/radio/real_clock.hpp"

namespace siaga::radio::test {
namespace {

constexpr milliseconds look{20};

std::string shown(SendOutcome const& outcome) {
  if (std::holds_alternative<Sent>(outcome)) return "sent";
  if (auto const* later = std::get_if<FailedTemporarily>(&outcome)) return "later " + later->reason;
  if (auto const* failed = std::get_if<Failed>(&outcome)) return "failed " + failed->reason;
  return "unknown";
}

std::string shown(Channel const& channel) {
  return std::string(to_word(channel.state())) + ' ' + channel.state_reason();
}

asio::awaitable<void> speak(Channel& channel, Message message, Clock& clock) {
  while (!channel.tried_once()) {
    auto const soon = clock.steady_now() + look;
    co_await clock.sleep_until(soon);
  }
  std::cout << "state " << shown(channel) << std::endl;
  message.expires = clock.utc_now() + std::chrono::hours(1);
  auto const outcome = co_await channel.send(message, milliseconds(60000));
  std::cout << "outcome " << shown(outcome) << '\n' << "state " << shown(channel) << std::endl;
}

asio::awaitable<void> stop_when_told(Channel& channel) {
  asio::posix::stream_descriptor input(co_await asio::this_coro::executor, ::dup(0));
  asio::streambuf buffer;
  auto const line =
      co_await asio::async_read_until(input, buffer, '\n', asio::as_tuple(asio::use_awaitable));
  if (!std::get<0>(line)) channel.stop();
}

int run(std::string sink, std::string ptt, std::string const& what) {
  asio::io_context io{1};
  RealClock clock(io.get_executor());
  NoReceipts receipts;
  NoReplies replies;
  auto const kind = voice_kind();
  auto any = kind.default_settings();
  auto& settings = *static_cast<Settings*>(kind.settings_of(any));
  settings.sink = std::move(sink);
  settings.ptt = std::move(ptt);
  settings.callsign = "SIAGA BONTANG";
  settings.realtime = std::getenv("STATION_AT_ONCE") == nullptr;
  auto made =
      kind.make(any, {io.get_executor(), clock, ChannelName("radio"), receipts, replies, "."});
  if (!made) {
    std::cout << made.error().text() << std::endl;
    return 78;
  }
  auto message = an_alert();
  if (what == "closing") {
    message.kind = MessageKind::closing;
    message.text = "Sudah ditangani.";
  }
  spawn(io.get_executor(), "channel", (*made)->run());
  spawn(io.get_executor(), "speak", speak(**made, message, clock));
  spawn(io.get_executor(), "stop", stop_when_told(**made));
  io.run();
  return 0;
}

}  // namespace
}  // namespace siaga::radio::test

int main(int count, char** arguments) {
  if (count != 4) return 64;
  return siaga::radio::test::run(arguments[1], arguments[2], arguments[3]);
}
