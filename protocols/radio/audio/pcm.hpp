// Pcm: mono sound, 16 bit, at one rate; and the two forms others want it in: WAV and G.711 mu-law.
//
// Place:  speech and tones -> PCM -> transmission -> sink.
// Thread: values.
// Units:  rate_hz samples per second; lengths in milliseconds are rounded down.
// Errors: parse_wav: invalid_message with what is wrong. Sizes in a streamed header may be nonsense
//         (espeak-ng writes 0x7ffff000); the bytes that are there count.
// See:    RIFF/WAVE "Multimedia Programming Interface 1.0"; ITU-T G.711 table 2a.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.hpp"

namespace siaga::radio {

struct Pcm {
  int rate_hz = 16000;
  std::vector<std::int16_t> samples;

  std::chrono::milliseconds length() const {
    auto const count = static_cast<std::int64_t>(samples.size());
    return std::chrono::milliseconds(count * 1000 / rate_hz);
  }
};

inline std::size_t samples_in(std::chrono::milliseconds length, int rate_hz) {
  return static_cast<std::size_t>(length.count() * rate_hz / 1000);
}

std::string wav_of(Pcm const& sound);
[[nodiscard]] Result<Pcm> parse_wav(std::string_view file);

std::uint8_t mu_law(std::int16_t sample) noexcept;
std::int16_t from_mu_law(std::uint8_t code) noexcept;

// Brings the loudest sample to `peak` (of 32767); silence stays silence.
void set_peak(Pcm& sound, int peak);

}  // namespace siaga::radio
