// tokens: cleaned text cut into words, numbers and signs.
//
// Place:  clean -> TOKENS -> rules. Pure.
// Rule:   letters and digits part: "RT05" is a word and a number with no space between.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace siaga::radio {

enum class TokenKind { word, number, sign };

struct Token {
  TokenKind kind = TokenKind::sign;
  std::string text;
  std::string low;      // in small letters
  bool spaced = false;  // a space stood before it
};
using Tokens = std::vector<Token>;

Tokens tokens_of(std::string_view cleaned);

}  // namespace siaga::radio
