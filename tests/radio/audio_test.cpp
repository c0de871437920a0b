#include <algorithm>
#include <cstdlib>

#include "protocols/radio/audio/resample.hpp"
#include "protocols/radio/audio/tones.hpp"
#include "tests/radio/samples.hpp"
#include "tests/support/catch.hpp"

namespace {
using namespace siaga;
using namespace siaga::radio;
using siaga::radio::test::amount_of;
using siaga::radio::test::sine;

Pcm part(Pcm const& sound, milliseconds from, milliseconds length) {
  auto const first =
      sound.samples.begin() + static_cast<std::ptrdiff_t>(samples_in(from, sound.rate_hz));
  return {sound.rate_hz,
          {first, first + static_cast<std::ptrdiff_t>(samples_in(length, sound.rate_hz))}};
}
}  // namespace

TEST_CASE("attention is two tones in turn and nothing else", "[radio]") {
  auto const sound = attention_tones(milliseconds(2000), 16000);
  CHECK(sound.length() == milliseconds(2000));
  auto const high = part(sound, milliseconds(20), milliseconds(200));
  auto const low = part(sound, milliseconds(270), milliseconds(200));
  CHECK(amount_of(attention_high_hz, high) > 15000);
  CHECK(amount_of(attention_low_hz, high) < 400);
  CHECK(amount_of(attention_low_hz, low) > 15000);
  CHECK(amount_of(attention_high_hz, low) < 400);
}

TEST_CASE("each tone begins and ends within 5 ms of silence, without a step", "[radio]") {
  auto const sound = attention_tones(milliseconds(500), 16000);
  CHECK(sound.samples.front() == 0);
  CHECK(std::abs(static_cast<int>(sound.samples.back())) < 200);
  auto const tone = samples_in(milliseconds(250), 16000);
  CHECK(std::abs(static_cast<int>(sound.samples[tone - 1])) < 200);
  // A 1050 Hz sine of this level moves by 6600 a sample at most; a click would jump further.
  int steepest = 0;
  for (std::size_t i = 1; i < sound.samples.size(); ++i)
    steepest = std::max(steepest, std::abs(sound.samples[i] - sound.samples[i - 1]));
  CHECK(steepest < 6700);
  int loud_early = 0;
  for (std::size_t i = 0; i < samples_in(milliseconds(1), 16000); ++i)
    loud_early = std::max(loud_early, std::abs(static_cast<int>(sound.samples[i])));
  CHECK(loud_early < 2000);
}

TEST_CASE("the end tones last as long as the plan says", "[radio]") {
  CHECK(end_tones(16000).samples.size() == samples_in(end_tones_length, 16000));
  CHECK(end_tones(8000).samples.size() == samples_in(end_tones_length, 8000));
}

TEST_CASE("a WAV is read back as it was written", "[radio]") {
  auto const sound = sine(440, milliseconds(50), 16000);
  auto const file = wav_of(sound);
  CHECK(file.size() == 44 + 2 * sound.samples.size());
  CHECK(file.substr(0, 4) == "RIFF");
  CHECK(file.substr(8, 8) == "WAVEfmt ");
  auto const read = parse_wav(file);
  REQUIRE(read);
  CHECK(read->rate_hz == 16000);
  CHECK(read->samples == sound.samples);
}

TEST_CASE("a streamed WAV with nonsense sizes gives the samples that are there", "[radio]") {
  auto file = wav_of(sine(440, milliseconds(10), 22050));
  file.replace(4, 4, std::string("\x24\xf0\xff\x7f", 4));
  file.replace(40, 4, std::string("\x00\xf0\xff\x7f", 4));
  auto const read = parse_wav(file);
  REQUIRE(read);
  CHECK(read->samples.size() == 220);
}

TEST_CASE("what is no mono 16-bit WAV is refused with the reason", "[radio]") {
  CHECK(parse_wav("").error().is(Errc::invalid_message));
  CHECK(parse_wav("espeak-ng: no such voice").error().is(Errc::invalid_message));
  auto file = wav_of(sine(440, milliseconds(10), 16000));
  CHECK_THAT(parse_wav(file.substr(0, 36)).error().detail, ContainsSubstring("no data chunk"));
  file[22] = 2;
  CHECK_THAT(parse_wav(file).error().detail, ContainsSubstring("2 channels"));
}

TEST_CASE("mu-law agrees with G.711 at its marks and loses little between them", "[radio]") {
  CHECK(mu_law(0) == 0xff);
  CHECK(mu_law(32767) == 0x80);
  CHECK(mu_law(-32768) == 0x00);
  CHECK(from_mu_law(0x80) == 32124);
  CHECK(from_mu_law(0x00) == -32124);
  for (int sample = -32000; sample <= 32000; sample += 97) {
    auto const heard = from_mu_law(mu_law(static_cast<std::int16_t>(sample)));
    auto const allowed = std::max(16, std::abs(sample) / 16);
    CHECK(std::abs(heard - sample) <= allowed);
  }
}

TEST_CASE("resampling keeps the voice band and lets no image through", "[radio]") {
  for (int const rate : {16000, 8000}) {
    auto const kept = resample(sine(1000, milliseconds(500), 22050), rate);
    CHECK(kept.rate_hz == rate);
    CHECK(std::abs(static_cast<int>(kept.samples.size()) - rate / 2) <= 1);
    auto const middle = part(kept, milliseconds(50), milliseconds(400));
    CHECK(amount_of(1000, middle) > 9900);
    CHECK(amount_of(1000, middle) < 10100);
  }
  // 5 kHz does not exist at 8 kHz; undamped it would be heard as 3 kHz.
  auto const folded = part(resample(sine(5000, milliseconds(500), 22050), 8000), milliseconds(50),
                           milliseconds(400));
  CHECK(amount_of(3000, folded) < 15);
}

TEST_CASE("the loudest sample is brought to the wanted peak", "[radio]") {
  auto sound = sine(1000, milliseconds(20), 16000, 3000);
  set_peak(sound, 26000);
  CHECK(std::ranges::max(sound.samples) > 25900);
  CHECK(std::ranges::max(sound.samples) <= 26000);
  Pcm silence{16000, {0, 0}};
  set_peak(silence, 26000);
  CHECK(silence.samples == std::vector<std::int16_t>{0, 0});
}
