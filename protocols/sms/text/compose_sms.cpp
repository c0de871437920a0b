#include "protocols/sms/text/compose_sms.hpp"

#include <algorithm>
#include <array>

#include "gateway/domain/text.hpp"
#include "protocols/sms/text/transliterate.hpp"
#include "protocols/sms/text/unicode.hpp"

namespace siaga::sms {
namespace {

constexpr std::size_t characters_per_part_max = 160;

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

// Richest first; the last is the least that is ever sent.
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

std::string rendered(Message const& message, Richness const& rich, ComposeRules const& rules) {
  bool const ready_made = !message.text.empty() && (message.kind == MessageKind::closing ||
                                                    message.kind == MessageKind::notice);
  auto text = ready_made ? said_at(message, rich) : text_at(message, rich);
  if (!rules.transliterate || coding_of(text, rules) == Coding::seven_bit) return text;
  auto plain = plain_typography(text);
  return coding_of(plain, rules) == Coding::seven_bit ? plain : text;
}

// The least that is ever sent of a whole message.
std::string least_of(Message const& message, ComposeRules const& rules) {
  auto least = rendered(message, richness.back(), rules);
  auto const parts = count_parts(least, rules);
  if (parts <= rules.parts_max) return least;
  auto plain = plain_letters(least);
  return plain && count_parts(*plain, rules) < parts ? std::move(*plain) : least;
}

std::string cut(std::string const& text, std::size_t characters_max) {
  std::string_view rest = text;
  for (; characters_max > 0 && !rest.empty(); --characters_max) next_character(rest);
  if (rest.empty()) return text;
  return text.substr(0, text.size() - rest.size()) + "...";
}

// The longest rendering that fits when what may be of any length is cut to one length.
std::string cut_to_fit(Message const& message, ComposeRules const& rules) {
  std::string fitting;
  std::size_t fits = 0, too_long = parts_hard_max * characters_per_part_max;
  while (too_long - fits > 1) {
    auto const length = (fits + too_long) / 2;
    Message shortened = message;
    for (auto const text : {&Message::place, &Message::action, &Message::event, &Message::text})
      shortened.*text = cut(message.*text, length);
    auto least = least_of(shortened, rules);
    bool const fit = count_parts(least, rules) <= parts_hard_max;
    (fit ? fits : too_long) = length;
    if (fit) fitting = std::move(least);
  }
  return fitting;
}

}  // namespace

std::string compose_sms(Message const& message, ComposeRules const& rules) {
  auto const least = least_of(message, rules);
  auto const parts = count_parts(least, rules);
  if (parts > parts_hard_max) return cut_to_fit(message, rules);
  if (parts > rules.parts_max) return least;
  for (auto const& rich : richness) {
    auto text = rendered(message, rich, rules);
    if (count_parts(text, rules) <= parts) return text;
  }
  return least;
}

}  // namespace siaga::sms
