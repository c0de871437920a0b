#include "gateway/domain/alert.hpp"

#include <unordered_set>

#include "gateway/domain/text.hpp"

namespace siaga {
namespace {

constexpr std::string_view default_language = "en-US";  // CAP-v1.2 3.2.2, <language>
constexpr std::string_view area_code_name = "KEMENDAGRI";

std::string_view language_of(Info const& info) {
  return info.language.empty() ? default_language : std::string_view(info.language);
}

std::string_view primary_subtag(std::string_view language) {
  return language.substr(0, language.find('-'));
}

template <class E>
E most_pressing(Alert const& alert, E Info::*member) {
  E most = E::unknown;
  for (auto const& info : alert.infos) most = std::min(most, info.*member);
  return most;
}

Priority priority_of(Info const& info) {
  bool const immediate = info.urgency == Urgency::immediate;
  switch (info.severity) {
    case Severity::extreme:
      return Priority::life;
    case Severity::severe:
      return immediate ? Priority::life : Priority::urgent;
    case Severity::moderate:
      return immediate ? Priority::urgent : Priority::normal;
    case Severity::minor:
    case Severity::unknown:
      break;
  }
  return immediate ? Priority::urgent : Priority::low;
}

}  // namespace

Info const* info_for(Alert const& alert, std::string_view language) {
  for (auto const& info : alert.infos)
    if (same_ignoring_case(language_of(info), language)) return &info;
  for (auto const& info : alert.infos)
    if (same_ignoring_case(primary_subtag(language_of(info)), primary_subtag(language)))
      return &info;
  return alert.infos.empty() ? nullptr : &alert.infos.front();
}

Severity severity_of(Alert const& alert) {
  return most_pressing(alert, &Info::severity);
}
Urgency urgency_of(Alert const& alert) {
  return most_pressing(alert, &Info::urgency);
}
Certainty certainty_of(Alert const& alert) {
  return most_pressing(alert, &Info::certainty);
}

std::optional<UtcTime> expires_of(Alert const& alert) {
  std::optional<UtcTime> latest;
  for (auto const& info : alert.infos) {
    if (!info.expires) return std::nullopt;
    latest = std::max(latest.value_or(info.expires->at), info.expires->at);
  }
  return latest;
}

bool is_area_code(NamedValue const& geocode) {
  return same_ignoring_case(geocode.name, area_code_name);
}

std::vector<std::string> area_codes_of(Alert const& alert) {
  std::vector<std::string> codes;
  std::unordered_set<std::string_view> seen;
  for (auto const& info : alert.infos)
    for (auto const& area : info.areas) {
      for (auto const& geocode : area.geocodes)
        if (is_area_code(geocode) && seen.insert(geocode.value).second)
          codes.push_back(geocode.value);
      for (auto const& district : area.districts)
        if (seen.insert(district).second) codes.push_back(district);
    }
  return codes;
}

Priority priority_of(Alert const& alert) {
  auto most = Priority::low;
  for (auto const& info : alert.infos) most = std::min(most, priority_of(info));
  bool const real = alert.status != Status::test && alert.status != Status::exercise;
  return real ? most : std::max(most, Priority::normal);
}

}  // namespace siaga
