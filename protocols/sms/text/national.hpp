// national: the national languages of GSM 7-bit: a locking shift table stands for the default
// alphabet, a single shift table for its extension table.
//
// Place:  beneath the GSM alphabet; user data headers name the languages. Pure.
// Units:  septet codes; a character of a single shift table takes two septets (escape and code).
// Rule:   the tables are read always and written by option only, for networks carry them unevenly.
//         Spanish has no locking table. A language unknown here is read by the default tables.
// See:    3GPP TS 23.038, 6.2.1.2 and annex A (tables A.2.1 to A.2.13, A.3.1 to A.3.13);
//         3GPP TS 23.040, 9.2.3.24.15 and 9.2.3.24.16.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>

namespace siaga::sms {

// National language identifiers, as on air.
enum class Language : std::uint8_t {
  none,
  turkish,
  spanish,
  portuguese,
  bengali,
  gujarati,
  hindi,
  kannada,
  malayalam,
  oriya,
  punjabi,
  tamil,
  telugu,
  urdu,
};
inline constexpr std::size_t languages_count = 14;  // `none` with them

// The tables one part is written with.
struct Shifts {
  Language locking = Language::none;
  Language single = Language::none;
  bool operator==(Shifts const&) const = default;
};

// The languages whose tables a network is known to carry.
class Languages {
 public:
  constexpr Languages() = default;
  constexpr Languages(std::initializer_list<Language> languages) {
    for (auto const language : languages) add(language);
  }
  constexpr void add(Language language) noexcept { bits_ |= bit(language); }
  constexpr bool has(Language language) const noexcept { return (bits_ & bit(language)) != 0; }
  constexpr bool empty() const noexcept { return bits_ == 0; }

 private:
  static constexpr std::uint16_t bit(Language language) noexcept {
    return static_cast<std::uint16_t>(1U << static_cast<unsigned>(language));
  }
  std::uint16_t bits_ = 0;
};

// 0 where the language has no such table, or the table no character.
char32_t locking_character(Language language, unsigned code) noexcept;
char32_t single_shift_character(Language language, unsigned code) noexcept;

// The code to write a character with; none when the table lacks it, or when phones disagree about
// its place.
std::optional<std::uint8_t> locking_code(Language language, char32_t character) noexcept;
std::optional<std::uint8_t> single_shift_code(Language language, char32_t character) noexcept;

// By identifier on air; `none` for an unknown one.
Language language_of(std::uint8_t identifier) noexcept;

}  // namespace siaga::sms
