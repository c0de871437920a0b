#include "protocols/radio/audio/pcm.hpp"

#include <algorithm>
#include <cstdlib>

namespace siaga::radio {
namespace {

constexpr std::size_t header_bytes = 44;

void put_u16(std::string& to, std::uint32_t value) {
  to.push_back(static_cast<char>(value & 0xff));
  to.push_back(static_cast<char>(value >> 8 & 0xff));
}

void put_u32(std::string& to, std::uint32_t value) {
  put_u16(to, value & 0xffff);
  put_u16(to, value >> 16);
}

std::uint32_t u16_at(std::string_view from, std::size_t at) {
  return static_cast<std::uint32_t>(static_cast<unsigned char>(from[at])) |
         static_cast<std::uint32_t>(static_cast<unsigned char>(from[at + 1])) << 8;
}

std::uint32_t u32_at(std::string_view from, std::size_t at) {
  return u16_at(from, at) | u16_at(from, at + 2) << 16;
}

Result<int> rate_of(std::string_view format) {
  if (format.size() < 16) return Error(Errc::invalid_message, "WAV: the fmt chunk is too short");
  auto const coding = u16_at(format, 0), channels = u16_at(format, 2), bits = u16_at(format, 14);
  if (coding != 1 || channels != 1 || bits != 16)
    return Error(Errc::invalid_message,
                 "WAV: wanted mono 16-bit PCM, got coding " + std::to_string(coding) + ", " +
                     std::to_string(channels) + " channels, " + std::to_string(bits) + " bits");
  auto const rate = u32_at(format, 4);
  if (rate < 4000 || rate > 192000)
    return Error(Errc::invalid_message, "WAV: unlikely sample rate " + std::to_string(rate));
  return static_cast<int>(rate);
}

}  // namespace

std::string wav_of(Pcm const& sound) {
  auto const rate = static_cast<std::uint32_t>(sound.rate_hz);
  auto const bytes = static_cast<std::uint32_t>(sound.samples.size() * 2);
  std::string file;
  file.reserve(header_bytes + bytes);
  file += "RIFF";
  put_u32(file, 36 + bytes);
  file += "WAVEfmt ";
  put_u32(file, 16);
  put_u16(file, 1);  // PCM
  put_u16(file, 1);  // mono
  put_u32(file, rate);
  put_u32(file, rate * 2);
  put_u16(file, 2);
  put_u16(file, 16);
  file += "data";
  put_u32(file, bytes);
  auto at = file.size();
  file.resize(at + bytes);
  for (auto const sample : sound.samples) {
    file[at++] = static_cast<char>(sample & 0xff);
    file[at++] = static_cast<char>(sample >> 8 & 0xff);
  }
  return file;
}

Result<Pcm> parse_wav(std::string_view file) {
  if (file.size() < 12 || file.substr(0, 4) != "RIFF" || file.substr(8, 4) != "WAVE")
    return Error(Errc::invalid_message,
                 "not a WAV file (" + std::to_string(file.size()) + " bytes)");
  Pcm sound;
  sound.rate_hz = 0;
  for (std::size_t at = 12; at + 8 <= file.size();) {
    auto const name = file.substr(at, 4);
    auto const rest = file.substr(at + 8);
    auto const chunk = rest.substr(0, u32_at(file, at + 4));
    if (name == "fmt ") {
      auto const rate = rate_of(chunk);
      if (!rate) return rate.error();
      sound.rate_hz = *rate;
    } else if (name == "data") {
      if (sound.rate_hz == 0) return Error(Errc::invalid_message, "WAV: data before fmt");
      sound.samples.reserve(chunk.size() / 2);
      for (std::size_t i = 0; i + 2 <= chunk.size(); i += 2)
        sound.samples.push_back(static_cast<std::int16_t>(u16_at(chunk, i)));
      return sound;
    }
    at += 8 + chunk.size() + chunk.size() % 2;
  }
  return Error(Errc::invalid_message, "WAV: no data chunk");
}

std::uint8_t mu_law(std::int16_t sample) noexcept {
  constexpr int bias = 0x84, loudest = 32635;
  int const sign = sample < 0 ? 0x80 : 0;
  int const magnitude = std::min(std::abs(static_cast<int>(sample)), loudest) + bias;
  int exponent = 7;
  while (exponent > 0 && (magnitude & (0x80 << exponent)) == 0) --exponent;
  int const mantissa = magnitude >> (exponent + 3) & 0x0f;
  return static_cast<std::uint8_t>(~(sign | exponent << 4 | mantissa));
}

std::int16_t from_mu_law(std::uint8_t code) noexcept {
  int const bits = ~code & 0xff;
  int const exponent = bits >> 4 & 7;
  int const magnitude = (((bits & 0x0f) << 3) + 0x84) << exponent;
  int const value = magnitude - 0x84;
  return static_cast<std::int16_t>((bits & 0x80) != 0 ? -value : value);
}

void set_peak(Pcm& sound, int peak) {
  int loudest = 0;
  for (auto const sample : sound.samples)
    loudest = std::max(loudest, std::abs(static_cast<int>(sample)));
  if (loudest == 0) return;
  for (auto& sample : sound.samples)
    sample = static_cast<std::int16_t>(static_cast<int>(sample) * peak / loudest);
}

}  // namespace siaga::radio
