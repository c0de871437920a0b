// Resampler: the same sound at another rate, without the mirror images a handheld would turn to
// hiss.
//
// Place:  synthesiser (22.05 kHz) -> RESAMPLER -> 16 kHz (WAV, ALSA) or 8 kHz (RTP).
// Thread: pure. A minute of sound takes tens of milliseconds, so it goes in steps: on the core
//         thread others get their turn between two. Method: polyphase windowed sinc (Blackman, 16
//         zero crossings each side at the lower rate), cut off at 0.9 of the lower Nyquist rate.
#pragma once

#include "protocols/radio/audio/pcm.hpp"

namespace siaga::radio {

class Resampler {
 public:
  Resampler(Pcm const& sound, int to_rate_hz);  // `sound` must outlive it

  bool step(std::size_t samples_max);  // whether there is more to do
  Pcm take() { return std::move(result_); }

 private:
  void add_phase(int phase, double ratio);
  std::int16_t sample_at(std::int64_t out) const;

  Pcm const& sound_;
  Pcm result_;
  int up_, down_;
  int reach_;  // taps each side of the point
  std::vector<float>
      taps_;  // a row per phase; each row sums to 1, so that the level does not ripple
};

Pcm resample(Pcm const& sound, int to_rate_hz);

}  // namespace siaga::radio
