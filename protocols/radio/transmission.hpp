// TransmissionPlan: what goes on the air for one message, second by second, before a key is
// pressed.
//
// Place:  announcement -> synthesiser -> PLAN -> render -> sink.
// Thread: pure.
// Units:  samples at rate_hz, so that plan, sound and sidecar agree exactly.
// Rule:   no keying lasts longer than keyed_max (radios cut off by themselves, some cannot be told
//         not to). What does not fit goes into another keying, after a pause in which others can
//         speak. A voice is cut in a silence between sentences; only one without any is cut
//         elsewhere.
#pragma once

#include <vector>

#include "gateway/domain/words.hpp"
#include "protocols/radio/audio/pcm.hpp"

namespace siaga::radio {

enum class SegmentKind { lead, attention, voice, gap, end_tones, tail };

struct Segment {
  SegmentKind kind = SegmentKind::lead;
  std::size_t samples = 0;
  std::size_t utterance = 0;  // voice: which one, and from where in it
  std::size_t from = 0;
};
using Keying = std::vector<Segment>;

struct TransmissionPlan {
  int rate_hz = 16000;
  std::size_t pause_samples = 0;  // between keyings, PTT down
  std::vector<Keying> keyings;

  std::chrono::milliseconds length() const;  // pauses included
};

struct PlanShape {
  std::chrono::milliseconds lead{500}, attention{2000}, gap{1500}, tail{200}, pause{3000};
  std::chrono::milliseconds keyed_max{50000};
};

// One spoken text as the planner sees it: how long, and where it may be cut.
struct Utterance {
  std::size_t samples = 0;
  std::vector<std::size_t> pauses;  // ascending
};
Utterance utterance_of(Pcm const& voice);

TransmissionPlan plan_transmission(PlanShape const& shape, int rate_hz,
                                   std::vector<Utterance> const& utterances);

std::size_t samples_of(Keying const& keying);
Pcm render(Keying const& keying, std::vector<Pcm> const& voices, int rate_hz);

}  // namespace siaga::radio

namespace siaga {
SIAGA_WORDS(radio::SegmentKind, "lead", "attention", "voice", "gap", "end_tones", "tail");
}
