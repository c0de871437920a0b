#include "protocols/sms/text/national.hpp"

#include <algorithm>

#include "protocols/sms/text/national_tables.hpp"

namespace siaga::sms {
namespace {

// Printed as U+0CAA in later issues of table A.3.7, which has that letter elsewhere as well; phones
// show U+0CA1, the letter due in this place.
constexpr std::uint8_t kannada_dda = 0x24;
// Phones show the euro sign, table A.2.12 has nothing.
constexpr std::uint8_t telugu_euro = 0x65;

char32_t character_in(Table const* table, unsigned code) noexcept {
  return table == nullptr || code >= table->size() ? 0 : (*table)[code];
}

std::optional<std::uint8_t> code_in(Table const* table, char32_t character) noexcept {
  if (table == nullptr || character == 0 || character > 0xFFFF) return std::nullopt;
  auto const found = std::find(table->begin(), table->end(), static_cast<char16_t>(character));
  if (found == table->end()) return std::nullopt;
  return static_cast<std::uint8_t>(found - table->begin());
}

}  // namespace

char32_t locking_character(Language language, unsigned code) noexcept {
  return character_in(locking_table(language), code);
}

char32_t single_shift_character(Language language, unsigned code) noexcept {
  return character_in(single_shift_table(language), code);
}

std::optional<std::uint8_t> locking_code(Language language, char32_t character) noexcept {
  auto const code = code_in(locking_table(language), character);
  bool const disputed = language == Language::kannada && code == kannada_dda;
  return disputed ? std::nullopt : code;
}

std::optional<std::uint8_t> single_shift_code(Language language, char32_t character) noexcept {
  auto const code = code_in(single_shift_table(language), character);
  bool const disputed = language == Language::telugu && code == telugu_euro;
  return disputed ? std::nullopt : code;
}

Language language_of(std::uint8_t identifier) noexcept {
  return identifier < languages_count ? static_cast<Language>(identifier) : Language::none;
}

}  // namespace siaga::sms
