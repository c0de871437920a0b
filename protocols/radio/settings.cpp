#include "protocols/radio/settings.hpp"

namespace siaga::radio {
namespace {

void add_path(FieldsOf<Settings>& table) {
  table
      .text("sink", &Settings::sink,
            "where the sound goes: wav:DIRECTORY (relative to data_dir), alsa:DEVICE (through "
            "aplay) or "
            "rtp:ADDRESS:PORT (G.711, multicast or not)")
      .text("ptt", &Settings::ptt, "how the transmitter is keyed: none or rigctld:HOST:PORT")
      .text("ptt_guard", &Settings::ptt_guard,
            "the guard program that holds the key; empty = siaga-ptt-guard beside this program")
      .flag("realtime", &Settings::realtime,
            "a wav sink keys the transmitter for as long as the sound lasts")
      .number("rtp_hops_max", &Settings::rtp_hops_max, "how far multicast goes")
      .unit("hops")
      .range(0, 255)
      .text("rtp_interface", &Settings::rtp_interface,
            "IPv4 address of the interface multicast leaves by; empty = the system's choice");
}

void add_words(FieldsOf<Settings>& table) {
  table.text("callsign", &Settings::callsign, "who speaks; said at the start and at the end")
      .text("answer_hint", &Settings::answer_hint,
            "said after the code, e.g. \"Jawab lewat SMS, siap dan kode ini\"; empty = nothing")
      .text("voice", &Settings::voice, "the speech program's voice")
      .number("speed", &Settings::speed, "how fast it speaks")
      .unit("words/min")
      .range(80, 260)
      .list("speech_command", &Settings::speech_command,
            "program and arguments; reads text on standard input, writes WAV to standard output; "
            "{voice} and {speed} are filled in")
      .number("repeat", &Settings::repeat, "how often an alert is said")
      .unit("times")
      .range(1, 5);
}

void add_times(FieldsOf<Settings>& table) {
  table
      .duration("lead", &Settings::lead,
                "silence after keying, until every receiver has opened; 1200ms for a DMR repeater")
      .range(0, 5000)
      .duration("attention", &Settings::attention, "length of the attention tones")
      .range(0, 8000)
      .duration("gap", &Settings::gap, "silence before it is said again")
      .range(0, 10'000)
      .duration("tail", &Settings::tail, "silence before the key is let go")
      .range(0, 3000)
      .duration("tot", &Settings::tot,
                "longest time keyed at a stretch; at least 10 s less than the radio's own time-out")
      .range(20'000, 600'000)
      .duration("pause", &Settings::pause, "silence between two stretches, for others to speak")
      .range(1000, 60'000);
}

}  // namespace

Fields const& Settings::fields() {
  static auto const table = [] {
    FieldsOf<Settings> made;
    add_path(made);
    add_words(made);
    add_times(made);
    return made;
  }();
  return table;
}

}  // namespace siaga::radio
