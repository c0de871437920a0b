#include "config/nearest.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

namespace siaga::config {
namespace {

constexpr std::size_t compared_max = 64;  // longer words are never a slip of a known one
constexpr std::size_t listed_max = 24;

char lower(char c) {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

}  // namespace

std::size_t edit_distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> before_last(right.size() + 1), last(right.size() + 1),
      row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      std::size_t const change = lower(left[i - 1]) == lower(right[j - 1]) ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      bool const swapped = i > 1 && j > 1 && lower(left[i - 1]) == lower(right[j - 2]) &&
                           lower(left[i - 2]) == lower(right[j - 1]);
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last.swap(last);
    last.swap(row);
  }
  return last[right.size()];
}

std::string nearest(std::string_view written, std::span<std::string const> known) {
  if (written.size() > compared_max) return {};
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(1, written.size() / 3) + 1;
  for (auto const& word : known) {
    if (word.size() > compared_max) continue;
    auto const distance = edit_distance(written, word);
    if (distance < best_distance) {
      best_distance = distance;
      best = word;
    }
  }
  return best;
}

std::string listed(std::span<std::string const> words) {
  std::string text;
  for (std::size_t i = 0; i < words.size() && i < listed_max; ++i)
    text += (i == 0 ? "" : ", ") + words[i];
  if (words.size() > listed_max)
    text += " and " + std::to_string(words.size() - listed_max) + " more";
  return text;
}

std::string did_you_mean(std::string_view written, std::span<std::string const> known,
                         std::string_view known_are) {
  if (auto const word = nearest(written, known); !word.empty())
    return "did you mean '" + word + "'?";
  if (known.empty()) return "there are no " + std::string(known_are);
  return std::string(known_are) + ": " + listed(known);
}

}  // namespace siaga::config
