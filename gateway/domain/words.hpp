// Words: an enumeration and its spelling, in one place; the words are in the order of the values.
//
// Place:  beneath every domain enumeration that appears in CAP, JSON or the store.
// Durable: values are on disk by word, not by number.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>

namespace siaga {

template <class E>
struct WordsOf;  // specialised with `static constexpr std::array<std::string_view, N> words`

template <class E>
constexpr std::string_view to_word(E value) {
  return WordsOf<E>::words[static_cast<std::size_t>(value)];
}

template <class E>
constexpr std::optional<E> from_word(std::string_view word) {
  auto const& words = WordsOf<E>::words;
  auto const it = std::find(words.begin(), words.end(), word);
  if (it == words.end()) return std::nullopt;
  return static_cast<E>(it - words.begin());
}

template <class E>
constexpr std::span<std::string_view const> all_words() {
  return WordsOf<E>::words;
}

#define SIAGA_WORDS(Enum, ...)                                                          \
  template <>                                                                           \
  struct WordsOf<Enum> {                                                                \
    static constexpr std::array words = std::to_array<std::string_view>({__VA_ARGS__}); \
  }

}  // namespace siaga
