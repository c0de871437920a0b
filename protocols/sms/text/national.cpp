#include "protocols/sms/text/national.hpp"

namespace siaga::sms {
namespace {

constexpr unsigned codes_count = 128;
// Printed as U+0CAA in later issues of table A.3.7, which has that letter elsewhere as well; phones
// show U+0CA1, the letter due in this place.
constexpr unsigned kannada_dda = 0x24;
// Phones show the euro sign, table A.2.12 has nothing.
constexpr unsigned telugu_euro = 0x65;

}  // namespace

std::optional<std::uint8_t> locking_code(Language language, char32_t character) noexcept {
  for (unsigned code = 0; code < codes_count && character != 0; ++code) {
    if (locking_character(language, code) != character) continue;
    if (language == Language::kannada && code == kannada_dda) continue;
    return static_cast<std::uint8_t>(code);
  }
  return std::nullopt;
}

std::optional<std::uint8_t> single_shift_code(Language language, char32_t character) noexcept {
  for (unsigned code = 0; code < codes_count && character != 0; ++code) {
    if (single_shift_character(language, code) != character) continue;
    if (language == Language::telugu && code == telugu_euro) continue;
    return static_cast<std::uint8_t>(code);
  }
  return std::nullopt;
}

Language language_of(std::uint8_t identifier) noexcept {
  return identifier < languages_count ? static_cast<Language>(identifier) : Language::none;
}

}  // namespace siaga::sms
