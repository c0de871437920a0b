// announcement: the words of one message on the air, one text per time it is said.
//
// Place:  VoiceChannel: Message -> ANNOUNCEMENT -> synthesiser; preview() shows the same.
// Thread: pure.
// Rule:   each text begins with the mark (Latihan, latihan, latihan.), so that whoever tunes in
//         late hears it.
// Order:  attention, who speaks, level, event, place, time, action, code twice. Sender, event,
//         place and action have bounds of their own, so the code is never cut.
#pragma once

#include <string>
#include <vector>

#include "gateway/domain/message.hpp"

namespace siaga::radio {

struct AnnouncementStyle {
  std::string callsign;     // "SIAGA BONTANG"; empty = none is said
  std::string answer_hint;  // said after the code; empty = nothing
  int repeat = 2;           // times an alert is said; closings and notices are said once
};

std::vector<std::string> spoken_text(Message const& message, AnnouncementStyle const& style);

}  // namespace siaga::radio
