#include "protocols/radio/speech/rules.hpp"

namespace siaga::radio {
namespace {
Token const nothing{};
}  // namespace

Token const& token_at(Tokens const& tokens, std::size_t at) {
  return at < tokens.size() ? tokens[at] : nothing;
}

Token const& token_before(Tokens const& tokens, std::size_t at) {
  return at == 0 ? nothing : token_at(tokens, at - 1);
}

bool is_sign(Tokens const& tokens, std::size_t at, std::string_view any_of) {
  auto const& token = token_at(tokens, at);
  return token.kind == TokenKind::sign && !token.text.empty() &&
         any_of.find(token.text[0]) != any_of.npos;
}

bool is_number(Tokens const& tokens, std::size_t at, std::size_t digits_min,
               std::size_t digits_max) {
  auto const& token = token_at(tokens, at);
  return token.kind == TokenKind::number && token.text.size() >= digits_min &&
         token.text.size() <= digits_max;
}

bool is_word(Tokens const& tokens, std::size_t at) {
  return token_at(tokens, at).kind == TokenKind::word;
}

bool is_joined(Tokens const& tokens, std::size_t at) {
  return at < tokens.size() && !tokens[at].spaced;
}

int int_of(std::string_view digits) {
  int value = 0;
  for (char const c : digits.substr(0, 9)) value = value * 10 + (c - '0');
  return value;
}

}  // namespace siaga::radio
