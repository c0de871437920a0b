#include "protocols/radio/audio/tones.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace siaga::radio {
namespace {

constexpr double peak = 16000;  // 6 dB below full scale: the voice stays the loudest part

// 0 at the edges, 1 from `rise` samples inwards.
double envelope(std::size_t at, std::size_t count, std::size_t rise) {
  auto const from_edge = std::min(at, count - 1 - at);
  if (from_edge >= rise) return 1;
  auto const part = static_cast<double>(from_edge) / static_cast<double>(rise);
  return 0.5 - 0.5 * std::cos(std::numbers::pi * part);
}

}  // namespace

Pcm tone_sequence(std::span<Tone const> tones, int rate_hz) {
  Pcm sound{rate_hz, {}};
  auto const rise = samples_in(ramp, rate_hz);
  for (auto const& tone : tones) {
    auto const count = samples_in(tone.length, rate_hz);
    auto const step = 2 * std::numbers::pi * tone.hz / rate_hz;
    for (std::size_t i = 0; i < count; ++i) {
      auto const wave = std::sin(step * static_cast<double>(i));
      auto const value = peak * wave * envelope(i, count, rise);
      sound.samples.push_back(static_cast<std::int16_t>(std::lround(value)));
    }
  }
  return sound;
}

Pcm attention_tones(std::chrono::milliseconds length, int rate_hz) {
  std::vector<Tone> tones;
  for (bool high = true; length.count() > 0; high = !high) {
    auto const part = std::min(length, std::chrono::milliseconds(250));
    tones.push_back({high ? attention_high_hz : attention_low_hz, part});
    length -= part;
  }
  return tone_sequence(tones, rate_hz);
}

Pcm end_tones(int rate_hz) {
  using std::chrono::milliseconds;
  std::array<Tone, 4> const tones{
      Tone{0, milliseconds(150)}, Tone{attention_high_hz, milliseconds(150)},
      Tone{0, milliseconds(50)}, Tone{attention_low_hz, milliseconds(200)}};
  return tone_sequence(tones, rate_hz);
}

}  // namespace siaga::radio
