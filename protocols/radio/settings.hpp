// Settings of a channel of kind "voice".
//
// Place:  config loader -> SETTINGS -> kind.
// Thread: read-only once loaded.
// Units:  durations; speed in words a minute.
#pragma once

#include "gateway/base/fields.hpp"

namespace siaga::radio {

struct Settings {
  std::string sink = "wav:air";
  std::string ptt = "none";
  std::string ptt_guard;
  std::string callsign;
  std::string answer_hint;
  std::string voice = "id";
  std::int64_t speed = 140;
  std::vector<std::string> speech_command = {"espeak-ng", "-v",      "{voice}", "-s",
                                             "{speed}",   "--stdin", "--stdout"};
  std::chrono::milliseconds lead{500};
  std::chrono::milliseconds attention{2000};
  std::int64_t repeat = 2;
  std::chrono::milliseconds gap{1500};
  std::chrono::milliseconds tail{200};
  std::chrono::milliseconds tot{50000};
  std::chrono::milliseconds pause{3000};
  bool realtime = false;
  std::int64_t rtp_hops_max = 1;
  std::string rtp_interface;

  static Fields const& fields();
};

}  // namespace siaga::radio
