// tones: what listeners hear before and after the voice, so that it is noticed and known to be
// over.
//
// Place:  transmission -> TONES -> sink.
// Thread: pure.
// Units:  hertz, milliseconds. Each tone rises and falls over 5 ms (raised cosine): no clicks,
//         which a transmitter would spread over its neighbours. hz 0 is silence.
#pragma once

#include <span>

#include "protocols/radio/audio/pcm.hpp"

namespace siaga::radio {

struct Tone {
  double hz = 0;
  std::chrono::milliseconds length{0};
};

inline constexpr std::chrono::milliseconds ramp{5};
inline constexpr double attention_low_hz = 800, attention_high_hz = 1050;
inline constexpr std::chrono::milliseconds end_tones_length{550};

Pcm tone_sequence(std::span<Tone const> tones, int rate_hz);
// High and low in turn, 250 ms each, for `length`.
Pcm attention_tones(std::chrono::milliseconds length, int rate_hz);
// Two short falling tones: over.
Pcm end_tones(int rate_hz);

}  // namespace siaga::radio
