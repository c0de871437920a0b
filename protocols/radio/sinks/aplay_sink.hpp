// AplaySink: the sound card, through ALSA's own player as a child process.
//
// Place:  VoiceChannel -> APLAY SINK -> aplay -> sound card -> transmitter's microphone input.
// Thread: core only.
// Time:   the player opens the device when started, before the key is pressed; play() ends when the
//         player has drained it, and kills it when that takes 3 s too long.
// Errors: child_failed with aplay's own words ("No such device").
#pragma once

#include "protocols/radio/child.hpp"
#include "protocols/radio/sinks/sink.hpp"

namespace siaga::radio {

class AplaySink final : public Sink {
 public:
  AplaySink(boost::asio::any_io_executor executor, std::vector<std::string> argv)
      : executor_(std::move(executor)), argv_(std::move(argv)) {}

  int rate_hz() const override { return 16000; }
  bool takes_air_time() const override { return true; }
  boost::asio::awaitable<Result<void>> ready(Broadcast const& broadcast,
                                             std::size_t keying) override;
  boost::asio::awaitable<Result<void>> play(Broadcast const& broadcast, std::size_t keying,
                                            OnAir const& on_air) override;
  boost::asio::awaitable<Result<void>> finish(Broadcast const& broadcast) override;

 private:
  boost::asio::awaitable<Result<void>> feed(Pcm const& sound, OnAir const& on_air);
  boost::asio::awaitable<Result<void>> drained(milliseconds limit, OnAir const& on_air);
  Error failure(int code) const;

  boost::asio::any_io_executor executor_;
  std::vector<std::string> argv_;
  std::unique_ptr<Child> player_;
};

// For raw mono 16-bit sound at 16 kHz on standard input.
std::vector<std::string> aplay_argv(std::string const& device);

}  // namespace siaga::radio
