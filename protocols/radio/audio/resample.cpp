#include "protocols/radio/audio/resample.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace siaga::radio {
namespace {

constexpr int crossings = 24;
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

// One row of taps per phase; each row sums to 1 so that the level does not ripple.
struct Bank {
  int reach;  // taps each side of the point
  std::vector<double> taps;

  Bank(int up, int down) {
    double const ratio = std::min(1.0, static_cast<double>(up) / down) * cut_off;
    reach = static_cast<int>(std::ceil(crossings / ratio));
    for (int phase = 0; phase < up; ++phase) {
      auto const row = taps.size();
      double sum = 0;
      for (int tap = -reach + 1; tap <= reach; ++tap) {
        double const x = tap - static_cast<double>(phase) / up;
        taps.push_back(sinc(x * ratio) * blackman(x / reach));
        sum += taps.back();
      }
      for (auto i = row; i < taps.size(); ++i) taps[i] /= sum;
    }
  }
  double const* row(std::int64_t phase) const { return taps.data() + phase * 2 * reach; }
};

}  // namespace

Pcm resample(Pcm const& sound, int to_rate_hz) {
  if (sound.rate_hz == to_rate_hz) return sound;
  int const common = std::gcd(sound.rate_hz, to_rate_hz);
  int const up = to_rate_hz / common, down = sound.rate_hz / common;
  Bank const bank(up, down);
  auto const count_in = static_cast<std::int64_t>(sound.samples.size());
  auto const count_out = count_in * up / down;
  Pcm result{to_rate_hz, {}};
  result.samples.reserve(static_cast<std::size_t>(count_out));
  for (std::int64_t out = 0; out < count_out; ++out) {
    auto const whole = out * down / up;
    auto const* taps = bank.row(out * down % up);
    auto const first = whole - bank.reach + 1;
    auto const from = std::max<std::int64_t>(first, 0);
    auto const to = std::min<std::int64_t>(whole + bank.reach, count_in - 1);
    double sum = 0;
    for (auto in = from; in <= to; ++in)
      sum += taps[in - first] * sound.samples[static_cast<std::size_t>(in)];
    result.samples.push_back(
        static_cast<std::int16_t>(std::clamp(std::lround(sum), -32768L, 32767L)));
  }
  return result;
}

}  // namespace siaga::radio
