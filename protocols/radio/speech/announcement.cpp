#include "protocols/radio/speech/announcement.hpp"

#include <algorithm>
#include <cctype>

#include "gateway/domain/code.hpp"
#include "protocols/radio/speech/lexicon.hpp"
#include "protocols/radio/speech/normalise.hpp"

namespace siaga::radio {
namespace {

constexpr std::size_t name_chars_max = 100, event_chars_max = 160, place_chars_max = 240,
                      action_chars_max = 400, time_chars_max = 160;

// "PERINGATAN" -> "Peringatan"
std::string as_sentence(std::string text) {
  for (auto& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

std::string in_small_letters(std::string text) {
  for (auto& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// "SIAGA BONTANG" -> "Siaga Bontang"
std::string as_name(std::string text) {
  bool inside = false;
  for (auto& c : text) {
    auto const byte = static_cast<unsigned char>(c);
    c = static_cast<char>(inside ? std::tolower(byte) : std::toupper(byte));
    inside = c != ' ';
  }
  return text;
}

class Script {
 public:
  // One sentence; `what` empty = nothing is said.
  void say(std::string_view before, std::string_view what) {
    if (what.empty()) return;
    if (!text_.empty()) text_ += ' ';
    text_ += before;
    text_ += what;
    if (text_.back() != '.' && text_.back() != '?') text_ += '.';
  }
  void add(std::string_view sentence) { say("", sentence); }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

std::string mark_text(std::string const& mark) {
  if (mark.empty()) return {};
  auto const low = in_small_letters(mark);
  return as_sentence(mark) + ", " + low + ", " + low;
}

// "23 Nov 2026 14:30 WITA" without its year: every second on the air counts.
std::string time_text(std::string const& time) {
  auto spoken = normalise(time, time_chars_max);
  auto const year = spoken.find(" 20");
  auto const clock = spoken.find(" pukul ");
  if (clock != spoken.npos && year != spoken.npos && clock == year + 5)
    spoken.replace(year, 5, ",");
  return spoken;
}

void say_code(Script& script, Message const& message, AnnouncementStyle const& style) {
  if (message.code.empty()) return;
  auto const code = digit_by_digit(message.code);
  script.say("Kode, ", code);
  script.say("Sekali lagi, kode, ", code);
  script.add(normalise(style.answer_hint, action_chars_max));
}

std::string level_text(Message const& message) {
  auto text = as_sentence(message.title);
  if (message.level.empty()) return text;
  if (text.empty()) return as_sentence(message.level);
  return text + ", " + in_small_letters(message.level);
}

std::string sender_of(Message const& message) {
  auto const& name = message.sender_name.empty() ? message.sender_tag : message.sender_name;
  return normalise(name, name_chars_max);
}

void say_alert(Script& script, Message const& message, AnnouncementStyle const& style) {
  auto head = level_text(message);
  if (auto const sender = sender_of(message); !sender.empty() && !head.empty())
    head += ", dari " + sender;
  script.add(head);
  script.add(normalise(message.event, event_chars_max));
  script.say("Tempat, ", normalise(message.place, place_chars_max));
  script.say("Waktu, ", time_text(message.time));
  script.say("Tindakan, ", normalise(message.action, action_chars_max));
  say_code(script, message, style);
}

void say_cancel(Script& script, Message const& message) {
  script.add(as_sentence(message.title.empty() ? "PEMBATALAN" : message.title));
  auto what = "Peringatan " + normalise(message.event, event_chars_max);
  if (auto const place = normalise(message.place, place_chars_max); !place.empty())
    what += ", " + place;
  script.add(what + ", dinyatakan berakhir");
  if (auto const sender = sender_of(message); !sender.empty()) script.say("Dari ", sender);
}

// "... Lok Tuan (4821)." -> "... Lok Tuan, kode 4821": a number so marked is the alert's code.
std::string with_code_named(std::string_view text) {
  std::string named(text);
  auto const open = named.rfind('(');
  auto const close = open == named.npos ? named.npos : named.find(')', open);
  if (close == named.npos || !is_code(named.substr(open + 1, close - open - 1))) return named;
  named.replace(close, 1, "");
  named.replace(open, 1, ", kode ");
  return named;
}

// A whole sentence of the core's, its mark said already.
void say_sentence(Script& script, Message const& message) {
  std::string_view text = message.text;
  if (!message.mark.empty() && text.starts_with(message.mark))
    text.remove_prefix(message.mark.size());
  auto const first = text.find_first_not_of(" .:,-]");
  if (first != text.npos) script.add(normalise(with_code_named(text.substr(first))));
}

bool is_short(MessageKind kind) {
  return kind == MessageKind::closing || kind == MessageKind::notice;
}

std::string one_text(Message const& message, AnnouncementStyle const& style, int time, int times) {
  Script script;
  auto const callsign = normalise(as_name(style.callsign), name_chars_max);
  script.add(mark_text(message.mark));
  if (time > 0) {
    script.add("Kami ulangi");
  } else {
    script.add(is_short(message.kind) ? "Informasi" : "Perhatian, perhatian");
    script.say("Di sini ", callsign);
  }
  if (is_short(message.kind))
    say_sentence(script, message);
  else if (message.kind == MessageKind::cancel)
    say_cancel(script, message);
  else
    say_alert(script, message, style);
  if (time + 1 == times) {
    if (!message.mark.empty()) script.say("Ini ", in_small_letters(message.mark));
    script.say("Demikian, ", callsign.empty() ? "selesai" : callsign + ", selesai");
  }
  return script.take();
}

}  // namespace

std::vector<std::string> spoken_text(Message const& message, AnnouncementStyle const& style) {
  int const times = is_short(message.kind) ? 1 : std::max(style.repeat, 1);
  std::vector<std::string> texts;
  for (int time = 0; time < times; ++time) texts.push_back(one_text(message, style, time, times));
  return texts;
}

}  // namespace siaga::radio
