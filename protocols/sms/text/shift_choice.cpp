#include "protocols/sms/text/shift_choice.hpp"

#include <algorithm>
#include <string>

#include "protocols/sms/text/gsm.hpp"

namespace siaga::sms {
namespace {

constexpr std::size_t element_octets = 3;
constexpr std::size_t impossible = SIZE_MAX;

// A character of the text, how often it is there, and in which languages' tables.
struct Letter {
  std::size_t count = 0;
  std::array<bool, languages_count> locking{}, single{};
};

bool in_locking(Language language, char32_t c) {
  return language == Language::none ? gsm_length(c) == 1 : locking_code(language, c).has_value();
}

bool in_single(Language language, char32_t c) {
  return language == Language::none ? gsm_length(c) == 2
                                    : single_shift_code(language, c).has_value();
}

// `none` first, then the allowed ones.
std::vector<Language> with_none(Languages allowed) {
  std::vector<Language> languages{Language::none};
  for (std::uint8_t i = 1; i < languages_count; ++i)
    if (allowed.has(language_of(i))) languages.push_back(language_of(i));
  return languages;
}

Letter letter_of(char32_t c, std::size_t count, std::vector<Language> const& languages) {
  Letter letter;
  letter.count = count;
  for (auto const language : languages) {
    letter.locking[static_cast<std::size_t>(language)] = in_locking(language, c);
    letter.single[static_cast<std::size_t>(language)] = in_single(language, c);
  }
  return letter;
}

std::vector<Letter> letters_of(std::u32string_view text, std::vector<Language> const& languages) {
  std::u32string sorted(text);
  std::sort(sorted.begin(), sorted.end());
  std::vector<Letter> letters;
  for (std::size_t i = 0; i < sorted.size();) {
    auto const end = sorted.find_first_not_of(sorted[i], i);
    auto const count = std::min(end, sorted.size()) - i;
    letters.push_back(letter_of(sorted[i], count, languages));
    i += count;
  }
  return letters;
}

std::size_t septets_of(std::vector<Letter> const& letters, Shifts const& shifts) {
  std::size_t septets = 0;
  for (auto const& letter : letters) {
    if (letter.locking[static_cast<std::size_t>(shifts.locking)]) {
      septets += letter.count;
    } else if (letter.single[static_cast<std::size_t>(shifts.single)]) {
      septets += 2 * letter.count;
    } else {
      return impossible;
    }
  }
  return septets;
}

std::size_t size_of(ShiftChoice const& choice) {
  return choice.septets * 7 + shift_octets(choice.shifts) * 8;
}

}  // namespace

std::size_t shift_octets(Shifts const& shifts) noexcept {
  return (shifts.locking == Language::none ? 0 : element_octets) +
         (shifts.single == Language::none ? 0 : element_octets);
}

std::vector<ShiftChoice> shift_choices(std::u32string_view text, Languages allowed) {
  auto const languages = with_none(allowed);
  auto const letters = letters_of(text, languages);
  std::vector<ShiftChoice> choices;
  for (auto const locking : languages)
    for (auto const single : languages) {
      ShiftChoice choice{{locking, single}, 0};
      choice.septets = septets_of(letters, choice.shifts);
      if (choice.septets != impossible && choice.shifts != Shifts()) choices.push_back(choice);
    }
  std::stable_sort(choices.begin(), choices.end(), [](ShiftChoice const& a, ShiftChoice const& b) {
    return size_of(a) < size_of(b);
  });
  return choices;
}

}  // namespace siaga::sms
