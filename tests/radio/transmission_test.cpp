#include "protocols/radio/transmission.hpp"

#include "protocols/radio/audio/tones.hpp"
#include "tests/radio/samples.hpp"
#include "tests/support/catch.hpp"

namespace {
using namespace siaga;
using namespace siaga::radio;

constexpr int rate = 16000;
PlanShape const shape;

std::vector<SegmentKind> kinds_of(Keying const& keying) {
  std::vector<SegmentKind> kinds;
  for (auto const& segment : keying) kinds.push_back(segment.kind);
  return kinds;
}

Utterance of_length(milliseconds length, milliseconds pause_every) {
  Utterance utterance{samples_in(length, rate), {}};
  for (auto at = pause_every; at < length; at += pause_every)
    utterance.pauses.push_back(samples_in(at, rate));
  return utterance;
}

milliseconds length_of(Keying const& keying) {
  return milliseconds(static_cast<std::int64_t>(samples_of(keying)) * 1000 / rate);
}

// Every sample of every utterance exactly once, in order.
void check_nothing_lost(TransmissionPlan const& plan, std::vector<Utterance> const& utterances) {
  std::size_t index = 0, from = 0;
  for (auto const& keying : plan.keyings)
    for (auto const& segment : keying) {
      if (segment.kind != SegmentKind::voice) continue;
      if (from == utterances[index].samples) ++index, from = 0;
      REQUIRE(segment.utterance == index);
      REQUIRE(segment.from == from);
      from += segment.samples;
    }
  CHECK(index + 1 == utterances.size());
  CHECK(from == utterances.back().samples);
}

}  // namespace

TEST_CASE("a short alert goes out in one keying, said twice", "[radio]") {
  auto const spoken = of_length(milliseconds(15000), milliseconds(3000));
  auto const plan = plan_transmission(shape, rate, {spoken, spoken});
  REQUIRE(plan.keyings.size() == 1);
  using enum SegmentKind;
  CHECK(kinds_of(plan.keyings[0]) ==
        std::vector{lead, attention, voice, gap, voice, end_tones, tail});
  CHECK(plan.length() == milliseconds(500 + 2000 + 15000 + 1500 + 15000 + 200) + end_tones_length);
}

TEST_CASE("what does not fit into the radio's time is said in a second keying", "[radio]") {
  auto const spoken = of_length(milliseconds(26000), milliseconds(4000));
  auto const plan = plan_transmission(shape, rate, {spoken, spoken});
  REQUIRE(plan.keyings.size() == 2);
  using enum SegmentKind;
  CHECK(kinds_of(plan.keyings[0]) == std::vector{lead, attention, voice, tail});
  CHECK(kinds_of(plan.keyings[1]) == std::vector{lead, voice, end_tones, tail});
  CHECK(plan.pause_samples == samples_in(milliseconds(3000), rate));
}

TEST_CASE("a voice longer than a keying is cut in a pause between words", "[radio]") {
  std::vector<Utterance> const utterances = {of_length(milliseconds(110000), milliseconds(7000))};
  auto const plan = plan_transmission(shape, rate, utterances);
  CHECK(plan.keyings.size() == 3);
  for (auto const& keying : plan.keyings) {
    CHECK(length_of(keying) <= shape.keyed_max);
    for (auto const& segment : keying)
      if (segment.kind == SegmentKind::voice)
        CHECK(segment.from % samples_in(milliseconds(7000), rate) == 0);
  }
  check_nothing_lost(plan, utterances);
}

TEST_CASE("no keying is ever longer than the radio allows, whatever is said", "[radio]") {
  for (int seconds = 1; seconds < 120; seconds += 3)
    for (int every : {2, 17, 1000}) {
      INFO(seconds << " s of voice, a pause every " << every << " s");
      std::vector<Utterance> const utterances(
          2, of_length(milliseconds(seconds * 1000), milliseconds(every * 1000)));
      auto const plan = plan_transmission(shape, rate, utterances);
      for (auto const& keying : plan.keyings) REQUIRE(length_of(keying) <= shape.keyed_max);
      check_nothing_lost(plan, utterances);
    }
}

TEST_CASE("silences in a voice are found where they are", "[radio]") {
  auto voice = siaga::radio::test::sine(300, milliseconds(1000), rate);
  voice.samples.resize(voice.samples.size() + samples_in(milliseconds(300), rate));
  auto const more = siaga::radio::test::sine(300, milliseconds(500), rate);
  voice.samples.insert(voice.samples.end(), more.samples.begin(), more.samples.end());
  auto const utterance = utterance_of(voice);
  REQUIRE(utterance.pauses.size() == 1);
  CHECK(utterance.pauses[0] > samples_in(milliseconds(1050), rate));
  CHECK(utterance.pauses[0] < samples_in(milliseconds(1250), rate));
}

TEST_CASE("a keying sounds as long as its plan, segment by segment", "[radio]") {
  auto const voice = siaga::radio::test::sine(300, milliseconds(4000), rate);
  auto const plan = plan_transmission(shape, rate, {utterance_of(voice)});
  auto const sound = render(plan.keyings[0], {voice}, rate);
  CHECK(sound.samples.size() == samples_of(plan.keyings[0]));
  auto const lead = samples_in(shape.lead, rate), attention = samples_in(shape.attention, rate);
  CHECK(sound.samples[lead - 1] == 0);
  for (std::size_t i = 0; i < voice.samples.size(); i += 100)
    REQUIRE(sound.samples[lead + attention + i] == voice.samples[i]);
}
