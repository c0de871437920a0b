#include "protocols/radio/speech/tokens.hpp"

#include <cctype>

namespace siaga::radio {
namespace {

TokenKind kind_of(char c) {
  auto const byte = static_cast<unsigned char>(c);
  if (std::isdigit(byte) != 0) return TokenKind::number;
  if (std::isalpha(byte) != 0 || byte >= 0x80) return TokenKind::word;
  return TokenKind::sign;
}

}  // namespace

Tokens tokens_of(std::string_view cleaned) {
  Tokens tokens;
  bool spaced = true;
  for (std::size_t at = 0; at < cleaned.size();) {
    if (cleaned[at] == ' ') {
      spaced = true;
      ++at;
      continue;
    }
    auto const kind = kind_of(cleaned[at]);
    auto end = at + 1;
    while (kind != TokenKind::sign && end < cleaned.size() && kind_of(cleaned[end]) == kind) ++end;
    Token token{kind, std::string(cleaned.substr(at, end - at)), {}, spaced};
    for (char const c : token.text)
      token.low += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    tokens.push_back(std::move(token));
    spaced = false;
    at = end;
  }
  return tokens;
}

}  // namespace siaga::radio
