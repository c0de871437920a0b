// resample: the same sound at another rate, without the mirror images a handheld would turn to
// hiss.
//
// Place:  synthesiser (22.05 kHz) -> RESAMPLE -> 16 kHz (WAV, ALSA) or 8 kHz (RTP).
// Thread: pure.
// Method: polyphase windowed sinc (Blackman, 24 zero crossings each side of the lower rate), cut
// off at
//         0.45 of the lower rate: stop band below -60 dB.
#pragma once

#include "protocols/radio/audio/pcm.hpp"

namespace siaga::radio {

Pcm resample(Pcm const& sound, int to_rate_hz);

}  // namespace siaga::radio
