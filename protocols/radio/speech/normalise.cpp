#include "protocols/radio/speech/normalise.hpp"

#include "protocols/radio/speech/clean.hpp"
#include "protocols/radio/speech/rules.hpp"

namespace siaga::radio {
namespace {

constexpr std::size_t input_chars_max = 4000;

// Joins what is said; never two marks in a row, none at the start.
class Sentence {
 public:
  void say(std::string_view words) {
    if (words.empty()) return;
    if (!text_.empty()) text_ += ' ';
    text_ += words;
  }
  void mark(char stop) {
    if (text_.empty()) return;
    if (std::string_view(",.?").find(text_.back()) == std::string_view::npos)
      text_ += stop;
    else if (stop != ',')
      text_.back() = stop;
  }
  std::string take() {
    while (!text_.empty() && text_.back() == ',') text_.pop_back();
    return std::move(text_);
  }

 private:
  std::string text_;
};

void say_sign(Sentence& sentence, Token const& token) {
  switch (token.text[0]) {
    case ',':
    case ';':
    case ':':
    case '(':
    case ')':
    case '/':
      sentence.mark(',');
      break;
    case '.':
    case '!':
      sentence.mark('.');
      break;
    case '?':
      sentence.mark('?');
      break;
    case '-':
      if (token.spaced) sentence.mark(',');
      break;
    case '&':
      sentence.say("dan");
      break;
    case '+':
      sentence.say("plus");
      break;
    case '%':
      sentence.say("persen");
      break;
    default:
      break;  // quotes, stars and the like are not heard
  }
}

std::optional<Match> first_match(Tokens const& tokens, std::size_t at) {
  for (auto const rules : {place_rules(), time_rules(), number_rules(), word_rules()})
    for (auto const rule : rules)
      if (auto match = rule(tokens, at)) return match;
  return std::nullopt;
}

std::string cut(std::string text, std::size_t chars_max) {
  if (text.size() <= chars_max) return text;
  auto const end = text.rfind(' ', chars_max);
  text.resize(end == std::string::npos ? chars_max : end);
  while (!text.empty() && (text.back() == ',' || (text.back() & 0x80) != 0)) text.pop_back();
  return text;
}

}  // namespace

std::string normalise(std::string_view text, std::size_t chars_max) {
  auto const tokens = tokens_of(clean(text.substr(0, input_chars_max)));
  Sentence sentence;
  for (std::size_t at = 0; at < tokens.size();) {
    if (auto const match = first_match(tokens, at)) {
      sentence.say(match->spoken);
      at += match->count;
      continue;
    }
    if (tokens[at].kind == TokenKind::sign)
      say_sign(sentence, tokens[at]);
    else
      sentence.say(tokens[at].text);
    ++at;
  }
  return cut(sentence.take(), chars_max);
}

}  // namespace siaga::radio
