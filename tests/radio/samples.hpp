// The alert the radio tests speak of, and sounds made for them.
#pragma once

#include <cmath>
#include <numbers>

#include "gateway/domain/message.hpp"
#include "protocols/radio/audio/pcm.hpp"

namespace siaga::radio::test {

inline Message an_alert() {
  Message message;
  message.delivery = DeliveryId(7);
  message.alert = AlertId(3);
  message.expires = UtcTime(milliseconds(1'795'437'000'000));  // six hours after FakeClock's start
  message.title = "PERINGATAN";
  message.level = "SIAGA";
  message.event = "Unjuk rasa";
  message.place = "Kel. Lok Tuan";
  message.time = "23 Nov 2026 14:30 WITA";
  message.action = "Merapat ke titik kumpul.";
  message.code = "4821";
  message.sender_tag = "POLRES BONTANG";
  message.sender_name = "Polres Bontang";
  return message;
}

inline Pcm sine(double hz, milliseconds length, int rate_hz, double peak = 10000) {
  Pcm sound{rate_hz, {}};
  for (std::size_t i = 0; i < samples_in(length, rate_hz); ++i) {
    auto const angle = 2 * std::numbers::pi * hz * static_cast<double>(i) / rate_hz;
    sound.samples.push_back(static_cast<std::int16_t>(std::lround(peak * std::sin(angle))));
  }
  return sound;
}

// How much of `hz` there is: the amplitude of that sine in the sound (Goertzel).
inline double amount_of(double hz, Pcm const& sound) {
  double real = 0, imaginary = 0;
  for (std::size_t i = 0; i < sound.samples.size(); ++i) {
    auto const angle = 2 * std::numbers::pi * hz * static_cast<double>(i) / sound.rate_hz;
    real += sound.samples[i] * std::cos(angle);
    imaginary += sound.samples[i] * std::sin(angle);
  }
  return 2 * std::hypot(real, imaginary) / static_cast<double>(sound.samples.size());
}

}  // namespace siaga::radio::test
