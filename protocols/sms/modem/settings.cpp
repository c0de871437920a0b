#include "protocols/sms/modem/settings.hpp"

namespace siaga::sms {
namespace {

using S = ModemSettings;

void declare_port(FieldsOf<S>& f) {
  f.text("device", &S::device,
         "The modem's AT port; a name that stays, such as the udev rule's /dev/siaga-modem.")
      .required();
  f.number("baud", &S::baud, "Speed of a modem at a serial line; one at USB takes any.")
      .unit("bit/s")
      .range(1200, 4000000);
  f.flag("hardware_flow", &S::hardware_flow, "Whether RTS and CTS are wired and used.");
}

void declare_sim(FieldsOf<S>& f) {
  f.text("pin_file", &S::pin_file,
         "A file whose first line is the SIM's PIN; entered once, never with one try left.")
      .path();
  f.text("service_centre", &S::service_centre,
         "The operator's message centre, \"+62811000000\"; empty = as the SIM knows it.");
  f.list("storages", &S::storages,
         "Storages for received messages, in order of preference, of those the modem has.");
  f.text("listing", &S::listing,
         "Whether storages are listed at once (always), read one by one (never), or by the model "
         "(auto).")
      .one_of({"auto", "always", "never"});
  f.duration("sweep_every", &S::sweep_every, "How often the storages are looked through.")
      .range(5000, 3600000);
}

void declare_recovery(FieldsOf<S>& f) {
  f.list("reset_command", &S::reset_command,
         "Program and arguments that cut the modem's power when nothing else helps; no shell.");
  f.duration("reset_command_timeout", &S::reset_command_timeout, "How long it may run.")
      .range(1000, 600000);
  f.duration("answer_timeout", &S::answer_timeout, "How long the modem may take for an answer.")
      .range(1000, 60000);
  f.duration("prompt_timeout", &S::prompt_timeout,
             "How long it may take to ask for a message's text.")
      .range(1000, 60000);
  f.duration("send_timeout", &S::send_timeout,
             "How long the network may take for a message before its outcome counts as unknown.")
      .range(10000, 600000);
  f.duration("retry_fault", &S::retry_fault,
             "How long to wait after a fault that only a person can correct: PIN, PUK, no SIM.")
      .range(1000, 3600000);
}

void declare_text(FieldsOf<S>& f) {
  f.text("country_code", &S::country_code, "What a national number's leading 0 stands for.");
  f.flag("transliterate", &S::transliterate,
         "Whether typographic quotes, dashes and spaces are written plainly to save parts.");
  f.flag("plain_letters", &S::plain_letters,
         "Whether any letter and sign outside the GSM alphabet is written in it where that saves a "
         "part: accents and pictures go, other digits, Greek and Cyrillic become Latin.");
  f.list("languages", &S::languages,
         "Whose national tables the network passes on, as ISO 639: texts the plain alphabet cannot "
         "write need fewer parts then.");
  f.number("parts_max", &S::parts_max,
           "Most parts of one text: to fit, accents and pictures are dropped first, then words "
           "from its end, but never mark, level and code.")
      .unit("parts")
      .range(1, 16);
  f.number("reference_bits", &S::reference_bits,
           "Length of the number that joins parts, 8 or 16: the longer repeats later, and takes a "
           "character from each part.")
      .range(8, 16);
  f.text("flash", &S::flash,
         "Whether alerts of priority life are shown at once and not kept: by data_coding (dcs, "
         "0x10; f0, 0xF0, where the network knows only that), or never (off). A text that is not "
         "kept cannot be looked up again.")
      .one_of({"off", "dcs", "f0"});
  f.flag("replace", &S::replace,
         "Whether an update takes the place of the text before it on the phone, where it has one "
         "part. Of seven alerts at once two may share a place.");
}

FieldsOf<S> declared() {
  FieldsOf<S> f;
  declare_port(f);
  declare_sim(f);
  declare_recovery(f);
  declare_text(f);
  return f;
}

}  // namespace

Fields const& ModemSettings::fields() {
  static FieldsOf<S> const all = declared();
  return all;
}

}  // namespace siaga::sms
