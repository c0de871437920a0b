#include "protocols/radio/sinks/aplay_sink.hpp"

#include <algorithm>

#include "gateway/async/with_timeout.hpp"

namespace siaga::radio {
namespace asio = boost::asio;
namespace {

constexpr milliseconds opening{250}, slice{100}, patience{3000};

std::string bytes_of(std::span<std::int16_t const> samples) {
  return std::string(reinterpret_cast<char const*>(samples.data()), samples.size_bytes());
}

}  // namespace

std::vector<std::string> aplay_argv(std::string const& device) {
  return {"aplay", "-q", "-D", device, "-t", "raw", "-f", "S16_LE", "-r", "16000", "-c", "1", "-"};
}

Error AplaySink::failure(int code) const {
  auto text = "'" + argv_[0] + "' ended with code " + std::to_string(code);
  if (auto const words = player_->errors(); !words.empty()) text += ": " + words.substr(0, 300);
  return Error(Errc::child_failed, text);
}

asio::awaitable<Result<void>> AplaySink::ready(Broadcast const&, std::size_t) {
  player_.reset();
  auto started = Child::start(executor_, argv_, ChildKind::worker);
  if (!started) co_return started.error();
  player_ = std::move(*started);
  auto ended = player_->ended();
  auto const early = co_await with_timeout(opening, std::move(ended));
  if (early) co_return failure(*early);  // it could not open the device
  co_return Result<void>();
}

asio::awaitable<Result<void>> AplaySink::play(Broadcast const& broadcast, std::size_t keying,
                                              OnAir const& on_air) {
  auto result = co_await feed(broadcast.sound[keying], on_air);
  if (result) {
    player_->end_input();
    result = co_await drained(broadcast.sound[keying].length() + patience, on_air);
  }
  player_.reset();
  co_return result;
}

// Half a second at a time: the player takes no more than it can hold.
asio::awaitable<Result<void>> AplaySink::feed(Pcm const& sound, OnAir const& on_air) {
  std::span<std::int16_t const> left = sound.samples;
  while (!left.empty()) {
    if (!on_air()) co_return Error(Errc::cancelled, "taken off the air");
    auto const size = std::min(left.size(), static_cast<std::size_t>(sound.rate_hz / 2));
    auto writing = player_->write(bytes_of(left.first(size)));
    left = left.subspan(size);
    auto const written = co_await with_timeout(patience, std::move(writing));
    if (written) continue;
    if (player_->is_running())
      co_return Error(Errc::timed_out, "'" + argv_[0] + "' takes no sound");
    int const code = co_await player_->ended();
    co_return failure(code);
  }
  co_return Result<void>();
}

asio::awaitable<Result<void>> AplaySink::drained(milliseconds limit, OnAir const& on_air) {
  for (auto waited = milliseconds(0); waited < limit; waited += slice) {
    if (!on_air()) co_return Error(Errc::cancelled, "taken off the air");
    auto ended = player_->ended();
    auto const code = co_await with_timeout(slice, std::move(ended));
    if (!code) continue;
    if (*code != 0) co_return failure(*code);
    co_return Result<void>();
  }
  co_return Error(Errc::timed_out, "'" + argv_[0] + "' does not finish");
}

asio::awaitable<Result<void>> AplaySink::finish(Broadcast const&) {
  co_return Result<void>();
}

}  // namespace siaga::radio
