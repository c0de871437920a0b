// Enum words: texts the table reader has already checked against the right words, as domain values.
//
// Place:  agency_reader, routing_reader. Pure.
// Thread: any.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/domain/words.hpp"

namespace siaga::config {

template <class E>
std::optional<E> value_of(std::string const& word) {
  return from_word<E>(word);  // "" = not given
}

template <class E>
std::vector<E> values_of(std::vector<std::string> const& words) {
  std::vector<E> values;
  for (auto const& word : words)
    if (auto const value = from_word<E>(word)) values.push_back(*value);
  return values;
}

}  // namespace siaga::config
