#include "protocols/sms/text/shorten.hpp"

#include <vector>

#include "gateway/domain/text.hpp"
#include "protocols/sms/text/grapheme.hpp"
#include "protocols/sms/text/unicode.hpp"

namespace siaga::sms {
namespace {

using Field = std::string Message::*;
using Fits = std::function<bool(Message const&)>;

constexpr std::string_view ellipsis = "...";
constexpr std::size_t word_max = 24;  // a longer one may be cut between any two characters

// Scripts that put no space between words.
bool is_word_by_itself(char32_t c) noexcept {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x20000 && c <= 0x3FFFF);
}

// Where a text may end early, in bytes from its beginning; ascending.
std::vector<std::size_t> word_ends(std::string_view text) {
  std::u32string characters;
  std::vector<std::size_t> begins;
  for (auto rest = text; !rest.empty();) {
    begins.push_back(text.size() - rest.size());
    characters.push_back(next_character(rest));
  }
  std::vector<std::size_t> ends;
  std::size_t word = 0;  // characters since the last place
  for (std::size_t i = 1; i < characters.size(); ++i) {
    word = characters[i - 1] == U' ' ? 0 : word + 1;
    if (word == 0 || cluster_goes_on(characters, i)) continue;
    bool const ends_here =
        characters[i] == U' ' || is_word_by_itself(characters[i - 1]) || word >= word_max;
    if (ends_here) ends.push_back(begins[i]);
  }
  return ends;
}

std::string with_ellipsis(std::string_view text) {
  auto const last = text.find_last_not_of(" ,;:.-");
  std::string cut(text.substr(0, last == text.npos ? 0 : last + 1));
  return cut.append(ellipsis);
}

// As much of one field as fits; false when not even its first word does.
bool cut_field(Message& message, Field field, Fits const& fits) {
  auto const whole = message.*field;
  auto const ends = word_ends(whole);
  std::size_t fitting = 0, too_many = ends.size() + 1;
  while (too_many - fitting > 1) {
    auto const tried = (fitting + too_many) / 2;
    message.*field = with_ellipsis(std::string_view(whole).substr(0, ends[tried - 1]));
    (fits(message) ? fitting : too_many) = tried;
  }
  message.*field =
      fitting == 0 ? whole : with_ellipsis(std::string_view(whole).substr(0, ends[fitting - 1]));
  return fitting > 0;
}

// The message with three dots after the last of what is left.
Message dotted(Message message, std::vector<Field> const& kept_before) {
  Field last = &Message::level;
  for (auto const field : kept_before)
    if (!(message.*field).empty()) last = field;
  message.*last = with_ellipsis(message.*last);
  return message;
}

}  // namespace

bool is_ready_made(Message const& message) {
  return !message.text.empty() &&
         (message.kind == MessageKind::closing || message.kind == MessageKind::notice);
}

Message shortened(Message const& message, Fits const& fits) {
  std::vector<Field> fields{&Message::event, &Message::place, &Message::time, &Message::action};
  if (is_ready_made(message)) fields = {&Message::text};
  Message left = message;
  for (auto const field : fields) left.*field = clean_text(message.*field);
  while (!fields.empty()) {
    auto const field = fields.back();
    fields.pop_back();
    if ((left.*field).empty()) continue;
    if (field != &Message::time && cut_field(left, field, fits)) return left;
    if (is_ready_made(message)) return left;
    (left.*field).clear();
    if (auto short_of_it = dotted(left, fields); fits(short_of_it)) return short_of_it;
  }
  return dotted(left, fields);
}

}  // namespace siaga::sms
