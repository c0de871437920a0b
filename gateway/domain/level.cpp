#include "gateway/domain/level.hpp"

#include <algorithm>

namespace siaga {
namespace {

template <class T>
bool admits(std::vector<T> const& allowed, T value) {
  return allowed.empty() || std::ranges::find(allowed, value) != allowed.end();
}

std::vector<LevelRule> customary() {
  std::vector<LevelRule> rules;
  auto const add = [&](Severity severity, Level level, Level when_less) {
    rules.push_back({{severity}, {Urgency::past}, {}, when_less, {}});
    rules.push_back({{severity}, {}, {Certainty::unlikely}, when_less, {}});
    rules.push_back({{severity}, {}, {}, level, {}});
  };
  add(Severity::extreme, Level::awas, Level::siaga);
  add(Severity::severe, Level::siaga, Level::waspada);
  add(Severity::moderate, Level::waspada, Level::info);
  return rules;
}

}  // namespace

LevelTable::LevelTable() : rules_(customary()) {}

LevelRule const* LevelTable::rule_for(Info const& info) const {
  auto const fits = [&](LevelRule const& rule) {
    return admits(rule.severities, info.severity) && admits(rule.urgencies, info.urgency) &&
           admits(rule.certainties, info.certainty);
  };
  auto const found = std::ranges::find_if(rules_, fits);
  return found == rules_.end() ? nullptr : &*found;
}

Level LevelTable::of(Info const& info) const {
  auto const* rule = rule_for(info);
  return rule == nullptr ? Level::info : rule->level;
}

std::string LevelTable::label_of(Info const& info) const {
  auto const* rule = rule_for(info);
  if (rule != nullptr && !rule->label.empty()) return rule->label;
  return std::string(to_word(of(info)));
}

}  // namespace siaga
