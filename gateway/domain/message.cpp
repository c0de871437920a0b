#include "gateway/domain/message.hpp"

#include <algorithm>
#include <unordered_set>

#include "gateway/domain/lexicon.hpp"
#include "gateway/domain/sentence.hpp"
#include "gateway/domain/text.hpp"

namespace siaga {
namespace {

constexpr std::size_t places_max = 12;
// What people are shown of one text. Composing takes its time for each byte and each recipient.
constexpr std::size_t place_bytes_max = 200;
constexpr std::size_t places_bytes_max = 4096;
constexpr std::size_t line_bytes_max = 1024;
constexpr std::size_t text_bytes_max = 16 * 1024;

bool wants_answer(MessageKind kind) {
  return kind == MessageKind::alert || kind == MessageKind::update;
}

bool is_whole_text(MessageKind kind) {
  return kind == MessageKind::closing || kind == MessageKind::notice;
}

std::string word_of(std::string_view word) {
  return std::string(word);
}

std::string mark_in(Lexicon const& words, Status status) {
  if (status == Status::exercise) return word_of(words.exercise);
  if (status == Status::test) return word_of(words.test);
  return {};
}

std::string_view title_in(Lexicon const& words, MessageKind kind, MsgType type) {
  if (kind == MessageKind::closing) return words.closing_title;
  if (kind == MessageKind::notice) return words.notice_title;
  if (kind == MessageKind::cancel || type == MsgType::cancel) return words.cancel_title;
  if (kind == MessageKind::update || type == MsgType::update) return words.update_title;
  return words.alert_title;
}

std::string place_in(Lexicon const& words, Info const& info) {
  std::unordered_set<std::string> places;
  std::string joined;
  for (auto const& area : info.areas) {
    auto name = shortened(area.description, place_bytes_max);
    if (name.empty() || places.contains(name)) continue;
    if (places.size() < places_max) joined.append(places.empty() ? "" : ", ").append(name);
    places.insert(std::move(name));
  }
  if (places.size() > places_max)
    joined.append(words.and_more).append(std::to_string(places.size() - places_max)) +=
        words.more_places;
  return joined;
}

// Enough to hold a sentence; no character is cut in two.
std::string_view beginning_of(std::string_view text) {
  constexpr std::size_t bytes = 4 * line_bytes_max;
  if (text.size() <= bytes) return text;
  auto end = bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
  return text.substr(0, end);
}

std::string action_in(Lexicon const& words, Info const& info) {
  auto sentence = shortened(first_sentence(beginning_of(info.instruction)), line_bytes_max);
  if (!sentence.empty() || info.response_types.empty()) return sentence;
  return word_of(words.responses[static_cast<std::size_t>(info.response_types.front())]);
}

// Labels are Indonesian; a guest reads the level's word in his own language.
std::string level_in(Lexicon const& words, LevelTable const& levels, Info const& info) {
  if (&words == &indonesian()) return levels.label_of(info);
  return word_of(words.levels[static_cast<std::size_t>(levels.of(info))]);
}

void say_info(Message& message, Lexicon const& words, Info const& info, Composition const& from) {
  auto const& zone = from.zone;
  message.level = level_in(words, from.levels, info);
  auto const said = [&](std::string_view text, std::size_t bytes_max = line_bytes_max) {
    return without_foreign_links(shortened(text, bytes_max), from.hosts, Bare::well_known);
  };
  message.event = said(info.event);
  message.place = said(place_in(words, info), places_bytes_max);
  auto const& begins = info.onset       ? *info.onset
                       : info.effective ? *info.effective
                                        : from.alert.sent;
  message.time = local_text_in(words, begins.at, zone);
  message.action = said(action_in(words, info));
  message.headline = said(info.headline);
  message.description = said(info.description, text_bytes_max);
  message.instruction = said(info.instruction, text_bytes_max);
  message.urgency = words.urgencies[static_cast<std::size_t>(info.urgency)];
  message.certainty = words.certainties[static_cast<std::size_t>(info.certainty)];
  if (info.expires) message.expires_text = local_text_in(words, info.expires->at, zone);
  if (auto name = said(info.sender_name); !name.empty()) message.sender_name = std::move(name);
  message.contact =
      without_foreign_links(shortened(info.contact, line_bytes_max), from.hosts, Bare::any);
  message.web = link_or_words(shortened(info.web, line_bytes_max), from.hosts);
}

// What the alert that ends asked for must not be asked for again.
void say_ended(Message& message, Lexicon const& words, Alert const& alert) {
  if (alert.msg_type != MsgType::cancel) {
    message.action.clear();
    message.description.clear();
    message.instruction.clear();
  }
  if (message.action.empty()) message.action = words.ended;
}

void ask_for_answer(Message& message, Lexicon const& words, Composition const& from) {
  message.code = clean_text(from.code);
  message.link = from.link;
  if (message.code.empty()) return;
  message.reply_hint.append(words.reply_accept).append(message.code);
  message.reply_hint.append(words.reply_decline).append(message.code);
}

Message addressed(Composition const& from) {
  auto const& delivery = from.delivery;
  Message message;
  message.delivery = delivery.id;
  message.alert = delivery.alert;
  message.channel = delivery.channel;
  message.officer = delivery.officer;
  message.officer_name = clean_text(from.officer_name);
  message.address = delivery.address;
  message.language = delivery.language;
  message.kind = delivery.kind;
  message.priority = delivery.priority;
  message.attempt = std::max(delivery.attempts, 1);
  message.possible_duplicate = delivery.possible_duplicate;
  message.expires = delivery.expires;
  return message;
}

}  // namespace

bool Permission::begin() const {
  state_->refused = state_->held;
  state_->begun = state_->begun || !state_->held;
  return !state_->held;
}

SendOutcome not_begun() {
  return FailedTemporarily("its alert was being ended", milliseconds(0), true);
}

Message compose(Composition const& from) {
  auto const& words = lexicon_for(from.delivery.language);
  auto message = addressed(from);
  message.mark = mark_in(words, from.alert.status);
  message.title = title_in(words, message.kind, from.alert.msg_type);
  message.sender_name = clean_text(from.agency_name);
  message.sender_tag = upper_case(message.sender_name);
  if (auto const* info = info_for(from.alert, from.delivery.language))
    say_info(message, words, *info, from);
  if (message.kind == MessageKind::cancel) say_ended(message, words, from.alert);
  if (wants_answer(message.kind)) ask_for_answer(message, words, from);
  if (is_whole_text(message.kind)) {
    message.mark = mark_of(from.alert.status);  // the text is Indonesian for everybody
    message.text = marked(message.mark, clean_paragraphs(from.delivery.text));
  }
  return message;
}

std::string local_text(UtcTime time, ZoneName const& zone) {
  return local_text_in(indonesian(), time, zone);
}

std::string mark_of(Status status) {
  return mark_in(indonesian(), status);
}

std::string marked(std::string const& mark, std::string text) {
  if (mark.empty() || text.starts_with(mark)) return text;
  return mark + ": " + text;
}

std::string handled_text(Status status, std::string_view event, std::string_view place,
                         std::string_view by, std::string_view code) {
  std::string text = "Sudah ditangani oleh " + clean_text(by) + ": " + clean_text(event);
  if (auto const where = clean_text(place); !where.empty()) text += ", " + where;
  if (!code.empty()) text += " (" + clean_text(code) + ")";
  return marked(mark_of(status), text + ".");
}

}  // namespace siaga
