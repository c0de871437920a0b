#include "gateway/domain/routing.hpp"

#include <algorithm>

#include "gateway/domain/allows.hpp"
#include "gateway/domain/directory.hpp"
#include "gateway/domain/text.hpp"

namespace siaga {
namespace {

template <class E>
bool presses_enough(std::optional<E> const& minimum, E value) {
  return !minimum || (value != E::unknown && value <= *minimum);
}

bool any_category(Matcher const& matcher, Alert const& alert) {
  if (matcher.category.empty()) return true;
  return std::ranges::any_of(alert.infos, [&](Info const& info) {
    return std::ranges::find_first_of(info.categories, matcher.category) != info.categories.end();
  });
}

bool any_event(Matcher const& matcher, Alert const& alert) {
  if (matcher.event.empty()) return true;
  return std::ranges::any_of(alert.infos, [&](Info const& info) {
    return std::ranges::any_of(matcher.event, [&](std::string const& event) {
      return same_ignoring_case(event, info.event);
    });
  });
}

bool any_area(Matcher const& matcher, Alert const& alert) {
  if (matcher.area.empty()) return true;
  auto const codes = area_codes_of(alert);
  return std::ranges::find_first_of(codes, matcher.area, areas_meet) != codes.end();
}

}  // namespace

Policy const* Routing::policy(PolicyId const& id) const {
  auto const found = std::ranges::find(policies, id, &Policy::id);
  return found == policies.end() ? nullptr : &*found;
}

bool matches(Matcher const& matcher, AgencyId const& agency, Alert const& alert) {
  return allows(matcher.agency, agency) && allows(matcher.scope, alert.scope) &&
         allows(matcher.status, alert.status) &&
         presses_enough(matcher.severity_min, severity_of(alert)) &&
         presses_enough(matcher.urgency_min, urgency_of(alert)) &&
         presses_enough(matcher.certainty_min, certainty_of(alert)) &&
         any_category(matcher, alert) && any_event(matcher, alert) && any_area(matcher, alert);
}

}  // namespace siaga
