#include "protocols/sms/text/language_names.hpp"

#include <algorithm>
#include <string_view>

namespace siaga::sms {
namespace {

struct NamedLanguage {
  std::string_view code;
  Language language;
};
constexpr NamedLanguage named_languages[] = {
    {"tr", Language::turkish}, {"es", Language::spanish},   {"pt", Language::portuguese},
    {"bn", Language::bengali}, {"gu", Language::gujarati},  {"hi", Language::hindi},
    {"kn", Language::kannada}, {"ml", Language::malayalam}, {"or", Language::oriya},
    {"pa", Language::punjabi}, {"ta", Language::tamil},     {"te", Language::telugu},
    {"ur", Language::urdu}};

std::string known_languages() {
  std::string text;
  for (auto const& one : named_languages) text.append(text.empty() ? "" : ", ").append(one.code);
  return text;
}

}  // namespace

Result<Languages> languages_named(std::vector<std::string> const& codes) {
  Languages languages;
  for (auto const& code : codes) {
    auto const* const end = std::end(named_languages);
    auto const* const named = std::find_if(std::begin(named_languages), end,
                                           [&](auto const& one) { return one.code == code; });
    if (named == end)
      return Error(Errc::invalid_configuration, "languages: no national table of '" + code +
                                                    "' is known here: write one of " +
                                                    known_languages());
    languages.add(named->language);
  }
  return languages;
}

}  // namespace siaga::sms
