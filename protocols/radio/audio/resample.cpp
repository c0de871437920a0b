#include "protocols/radio/audio/resample.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace siaga::radio {
namespace {

constexpr int crossings = 16;
constexpr double cut_off = 0.9;  // of the lower Nyquist rate

double sinc(double x) {
  if (std::abs(x) < 1e-9) return 1;
  return std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
}

// x from -1 to 1
double blackman(double x) {
  if (std::abs(x) >= 1) return 0;
  return 0.42 + 0.5 * std::cos(std::numbers::pi * x) + 0.08 * std::cos(2 * std::numbers::pi * x);
}

}  // namespace

Resampler::Resampler(Pcm const& sound, int to_rate_hz) : sound_(sound), result_{to_rate_hz, {}} {
  int const common = std::gcd(sound.rate_hz, to_rate_hz);
  up_ = to_rate_hz / common;
  down_ = sound.rate_hz / common;
  double const ratio = std::min(1.0, static_cast<double>(up_) / down_) * cut_off;
  reach_ = static_cast<int>(std::ceil(crossings / ratio));
  for (int phase = 0; phase < up_; ++phase) add_phase(phase, ratio);
  auto const count = static_cast<std::int64_t>(sound.samples.size()) * up_ / down_;
  result_.samples.reserve(static_cast<std::size_t>(count));
}

void Resampler::add_phase(int phase, double ratio) {
  std::vector<double> row;
  double sum = 0;
  for (int tap = 1 - reach_; tap <= reach_; ++tap) {
    double const x = tap - static_cast<double>(phase) / up_;
    row.push_back(sinc(x * ratio) * blackman(x / reach_));
    sum += row.back();
  }
  for (double const tap : row) taps_.push_back(static_cast<float>(tap / sum));
}

std::int16_t Resampler::sample_at(std::int64_t out) const {
  auto const last = static_cast<std::int64_t>(sound_.samples.size()) - 1;
  auto const whole = out * down_ / up_;
  auto const first = whole - reach_ + 1;
  auto const from = std::max<std::int64_t>(first, 0);
  auto const to = std::min(whole + reach_, last);
  auto const* taps = taps_.data() + (out * down_ % up_) * 2 * reach_ + (from - first);
  auto const* in = sound_.samples.data() + from;
  float sum = 0;
  for (auto count = to - from; count >= 0; --count) sum += *taps++ * static_cast<float>(*in++);
  return static_cast<std::int16_t>(std::clamp(std::lround(sum), -32768L, 32767L));
}

bool Resampler::step(std::size_t samples_max) {
  auto& out = result_.samples;
  auto const total =
      sound_.samples.size() * static_cast<std::size_t>(up_) / static_cast<std::size_t>(down_);
  auto const end = std::min(total, out.size() + samples_max);
  while (out.size() < end) out.push_back(sample_at(static_cast<std::int64_t>(out.size())));
  return out.size() < total;
}

Pcm resample(Pcm const& sound, int to_rate_hz) {
  Resampler resampler(sound, to_rate_hz);
  while (resampler.step(sound.samples.size() + 1)) {
  }
  return resampler.take();
}

}  // namespace siaga::radio
