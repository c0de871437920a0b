// WavSink: one WAV per transmission and the plan beside it: <delivery>-<attempt>.wav and .json.
//
// Place:  VoiceChannel -> WAV SINK -> directory. For logging recorders, rehearsal and tests.
// Thread: core only; a file of a minute is written in a few milliseconds.
// Durable: both appear whole and only after the last key was let go (temporary name, then rename);
//         the sidecar first, so that whoever sees a WAV finds its plan. Nothing is written over and
//         no link is followed: when the name is taken, the next is <delivery>-<attempt>.2.
// Time:   does not take air time unless `real_time`: then play() lasts as long as the sound.
#pragma once

#include <filesystem>

#include "gateway/ports/clock.hpp"
#include "protocols/radio/sinks/sink.hpp"

namespace siaga::radio {

enum class Pace { at_once, real_time };

class WavSink final : public Sink {
 public:
  WavSink(std::filesystem::path directory, Pace pace, Clock& clock)
      : directory_(std::move(directory)), pace_(pace), clock_(clock) {}
  ~WavSink() override { discard_unaired(); }

  int rate_hz() const override { return 16000; }
  bool takes_air_time() const override { return pace_ == Pace::real_time; }
  boost::asio::awaitable<Result<void>> ready(Broadcast const& broadcast,
                                             std::size_t keying) override;
  boost::asio::awaitable<Result<void>> play(Broadcast const& broadcast, std::size_t keying,
                                            OnAir const& on_air) override;
  boost::asio::awaitable<Result<void>> finish(Broadcast const& broadcast) override;

 private:
  void discard_unaired() noexcept;

  std::filesystem::path directory_;
  Pace pace_;
  Clock& clock_;
  std::filesystem::path unaired_;  // the sound under its temporary name; empty = none
};

}  // namespace siaga::radio
