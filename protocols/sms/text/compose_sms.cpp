#include "protocols/sms/text/compose_sms.hpp"

#include <algorithm>
#include <array>

#include "gateway/domain/text.hpp"
#include "protocols/sms/text/shorten.hpp"
#include "protocols/sms/text/transliterate.hpp"

namespace siaga::sms {
namespace {

// Ends with exactly one full stop, or with what the author ended it with.
std::string sentence(std::string_view text) {
  std::string line = clean_text(text);
  while (!line.empty() && (line.back() == ',' || line.back() == ';' || line.back() == ' '))
    line.pop_back();
  if (line.empty()) return line;
  if (line.back() != '.' && line.back() != '!' && line.back() != '?') line.push_back('.');
  return line;
}

void join(std::string& line, std::string_view separator, std::string_view next) {
  if (next.empty()) return;
  if (!line.empty()) line.append(separator);
  line.append(next);
}

// How much of what may go is there.
struct Richness {
  bool headline, contact, again;
  enum class Tag { whole, first_word, none } tag;
  bool refusal;
};

// Richest first; the last is the least that is sent of a message that fits.
constexpr auto richness = std::to_array<Richness>({
    {true, true, true, Richness::Tag::whole, true},
    {false, true, true, Richness::Tag::whole, true},
    {true, false, true, Richness::Tag::whole, true},
    {false, false, true, Richness::Tag::whole, true},
    {false, false, false, Richness::Tag::whole, true},
    {false, false, true, Richness::Tag::first_word, true},
    {false, false, false, Richness::Tag::first_word, true},
    {false, false, true, Richness::Tag::none, true},
    {false, false, false, Richness::Tag::none, true},
    {false, false, false, Richness::Tag::none, false},
});

std::string tag_of(Message const& message, Richness::Tag how) {
  auto tag = clean_text(message.sender_tag.empty() ? message.sender_name : message.sender_tag);
  if (how == Richness::Tag::none || tag.empty()) return {};
  if (how == Richness::Tag::first_word) tag.resize(std::min(tag.find(' '), tag.size()));
  return "::" + tag;
}

// "Balas SIAP 4821/TOLAK 4821", or its first half.
std::string hint_of(Message const& message, bool with_refusal) {
  if (message.code.empty()) return {};
  auto hint = clean_text(message.reply_hint);
  if (hint.find(message.code) == std::string::npos)
    hint = "Balas SIAP " + message.code + " atau TOLAK " + message.code;
  for (std::string_view const either : {" atau ", " or "}) {
    auto const at = hint.find(either);
    if (at == std::string::npos) continue;
    if (!with_refusal) return hint.substr(0, at);
    return hint.replace(at, either.size(), "/");
  }
  return hint;
}

bool is_english(Message const& message) {
  return message.language.substr(0, 2) == "en";
}

std::string again_of(Message const& message) {
  return is_english(message) ? "(again)" : "(ulang)";
}

std::string contact_of(Message const& message) {
  return (is_english(message) ? "Contact " : "Kontak ") + clean_text(message.contact);
}

std::string head_of(Message const& message, bool again) {
  std::string head;
  join(head, " ", clean_text(message.mark));
  if (message.kind != MessageKind::alert) join(head, " ", clean_text(message.title));
  join(head, " ", clean_text(message.level));
  join(head, " ", clean_text(message.event));
  join(head, ", ", clean_text(message.place));
  join(head, ", ", clean_text(message.time));
  if (again && message.possible_duplicate) join(head, " ", again_of(message));
  return sentence(head);
}

std::string text_at(Message const& message, Richness const& rich) {
  std::string text = head_of(message, rich.again);
  if (rich.headline && clean_text(message.headline) != clean_text(message.event))
    join(text, " ", sentence(message.headline));
  join(text, " ", sentence(message.action));
  if (rich.contact && !message.contact.empty()) join(text, " ", sentence(contact_of(message)));
  join(text, " ", hint_of(message, rich.refusal));
  join(text, " ", tag_of(message, rich.tag));
  return text;
}

// Closing messages and notices bring their whole sentence.
std::string said_at(Message const& message, Richness const& rich) {
  std::string text = clean_text(message.text);
  if (rich.again && message.possible_duplicate) join(text, " ", again_of(message));
  join(text, " ", tag_of(message, rich.tag));
  return text;
}

enum class Letters { as_written, plain };

std::string in_letters(std::string text, Letters letters, ComposeRules const& rules) {
  if (coding_of(text, rules) == Coding::seven_bit) return text;
  text = joined_marks(text);
  if (rules.transliterate) {
    auto plain = plain_typography(text, rules.charset);
    if (coding_of(plain, rules) == Coding::seven_bit) return plain;
  }
  if (letters == Letters::as_written && !rules.plain_letters) return text;
  auto const loss = rules.plain_letters ? Loss::script : Loss::accents;
  auto plain = plain_letters(text, loss, rules.charset);
  return plain && count_parts(*plain, rules) < count_parts(text, rules) ? std::move(*plain) : text;
}

std::string rendered(Message const& message, Richness const& rich, Letters letters,
                     ComposeRules const& rules) {
  auto text = is_ready_made(message) ? said_at(message, rich) : text_at(message, rich);
  return in_letters(std::move(text), letters, rules);
}

std::string least_of(Message const& message, Letters letters, ComposeRules const& rules) {
  return rendered(message, richness.back(), letters, rules);
}

std::string cut_to_fit(Message const& message, ComposeRules const& rules) {
  auto const fits = [&](Message const& shorter) {
    return count_parts(least_of(shorter, Letters::plain, rules), rules) <= rules.parts_max;
  };
  return least_of(shortened(message, fits), Letters::plain, rules);
}

}  // namespace

std::string compose_sms(Message const& message, ComposeRules const& rules) {
  auto letters = Letters::as_written;
  auto least = least_of(message, letters, rules);
  if (count_parts(least, rules) > rules.parts_max) {
    letters = Letters::plain;
    least = least_of(message, letters, rules);
  }
  auto const parts = count_parts(least, rules);
  if (parts > rules.parts_max) return cut_to_fit(message, rules);
  for (auto const& rich : richness) {
    auto text = rendered(message, rich, letters, rules);
    if (count_parts(text, rules) <= parts) return text;
  }
  return least;
}

}  // namespace siaga::sms
