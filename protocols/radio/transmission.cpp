#include "protocols/radio/transmission.hpp"

#include <algorithm>
#include <cstdlib>

#include "protocols/radio/audio/tones.hpp"

namespace siaga::radio {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds silence_window{10}, silence_least{120};
constexpr int silence_peak = 300;  // of 32767

bool is_quiet(std::span<std::int16_t const> block) {
  return std::ranges::all_of(
      block, [](std::int16_t s) { return std::abs(static_cast<int>(s)) < silence_peak; });
}

// Lays segments into keyings, never past the limit.
class Layout {
 public:
  Layout(PlanShape const& shape, int rate_hz) : shape_(shape) {
    plan_.rate_hz = rate_hz;
    plan_.pause_samples = count(shape.pause);
    auto const kept = count(shape.tail) + count(end_tones_length);
    auto const most = count(shape.keyed_max);
    room_max_ = most > kept ? most - kept : 0;
    open();
    push(SegmentKind::attention, count(shape.attention));
  }

  void say(std::size_t index, Utterance const& utterance) {
    if (spoken_) separate(utterance.samples);
    std::size_t from = 0;
    while (utterance.samples - from > room()) {
      auto const cut = cut_point(utterance, from);
      if (cut > from) voice(index, from, cut);
      from = cut;
      reopen();
    }
    voice(index, from, utterance.samples);
  }

  TransmissionPlan finish() {
    push(SegmentKind::end_tones, count(end_tones_length));
    push(SegmentKind::tail, count(shape_.tail));
    return std::move(plan_);
  }

 private:
  std::size_t count(milliseconds length) const { return samples_in(length, plan_.rate_hz); }
  std::size_t room() const { return room_max_ > used_ ? room_max_ - used_ : 0; }

  void push(SegmentKind kind, std::size_t samples) {
    if (samples == 0) return;
    plan_.keyings.back().push_back({kind, samples, 0, 0});
    used_ += samples;
  }
  void voice(std::size_t index, std::size_t from, std::size_t to) {
    if (to == from) return;
    plan_.keyings.back().push_back({SegmentKind::voice, to - from, index, from});
    used_ += to - from;
    spoken_ = true;
  }
  void open() {
    plan_.keyings.emplace_back();
    used_ = 0;
    spoken_ = false;
    push(SegmentKind::lead, count(shape_.lead));
  }
  void reopen() {
    push(SegmentKind::tail, count(shape_.tail));
    open();
  }
  // A gap when the next utterance fits here whole, else a new keying for it.
  void separate(std::size_t next_samples) {
    auto const gap = count(shape_.gap);
    if (gap + next_samples <= room())
      push(SegmentKind::gap, gap);
    else
      reopen();
  }
  // The last pause that fits; without one, nothing here if a fresh keying would give more room.
  std::size_t cut_point(Utterance const& utterance, std::size_t from) const {
    auto const last = from + room();
    auto const after = std::ranges::upper_bound(utterance.pauses, last);
    if (after != utterance.pauses.begin() && *(after - 1) > from) return *(after - 1);
    auto const fresh = room_max_ - std::min(room_max_, count(shape_.lead));
    if (room() < fresh) return from;
    return std::max(last, from + 1);
  }

  PlanShape const& shape_;
  TransmissionPlan plan_;
  std::size_t room_max_ = 0;
  std::size_t used_ = 0;
  bool spoken_ = false;
};

void append(Pcm& to, std::span<std::int16_t const> samples) {
  to.samples.insert(to.samples.end(), samples.begin(), samples.end());
}

}  // namespace

milliseconds TransmissionPlan::length() const {
  auto samples = pause_samples * (keyings.size() - 1);
  for (auto const& keying : keyings) samples += samples_of(keying);
  return milliseconds(static_cast<std::int64_t>(samples) * 1000 / rate_hz);
}

Utterance utterance_of(Pcm const& voice) {
  Utterance result{voice.samples.size(), {}};
  auto const window = samples_in(silence_window, voice.rate_hz);
  auto const least = samples_in(silence_least, voice.rate_hz);
  std::span<std::int16_t const> const all = voice.samples;
  std::size_t quiet_from = 0;
  for (std::size_t at = 0; at + window <= all.size(); at += window) {
    if (is_quiet(all.subspan(at, window))) continue;
    if (at - quiet_from >= least && quiet_from > 0)
      result.pauses.push_back(quiet_from + (at - quiet_from) / 2);
    quiet_from = at + window;
  }
  return result;
}

TransmissionPlan plan_transmission(PlanShape const& shape, int rate_hz,
                                   std::vector<Utterance> const& utterances) {
  Layout layout(shape, rate_hz);
  for (std::size_t i = 0; i < utterances.size(); ++i) layout.say(i, utterances[i]);
  return layout.finish();
}

std::size_t samples_of(Keying const& keying) {
  std::size_t total = 0;
  for (auto const& segment : keying) total += segment.samples;
  return total;
}

Pcm render(Keying const& keying, std::vector<Pcm> const& voices, int rate_hz) {
  Pcm sound{rate_hz, {}};
  sound.samples.reserve(samples_of(keying));
  for (auto const& segment : keying) {
    auto const end = sound.samples.size() + segment.samples;
    if (segment.kind == SegmentKind::voice) {
      std::span<std::int16_t const> const voice = voices[segment.utterance].samples;
      append(sound, voice.subspan(segment.from, segment.samples));
    } else if (segment.kind == SegmentKind::attention) {
      auto const count = static_cast<std::int64_t>(segment.samples);
      append(sound, attention_tones(milliseconds(count * 1000 / rate_hz), rate_hz).samples);
    } else if (segment.kind == SegmentKind::end_tones) {
      append(sound, end_tones(rate_hz).samples);
    }
    sound.samples.resize(end);  // lead, gap and tail are silence
  }
  return sound;
}

}  // namespace siaga::radio
