// Level: the official word for how grave an alert is, from severity, urgency and certainty.
//
// Place:  configuration ([[level]]) -> LEVEL TABLE -> compose.
// Thread: immutable once built.
// Rule:   scales of numbers run in opposite directions in Indonesia, so that a number never stands
//         without its word: a label always holds the word it stands for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/domain/alert.hpp"

namespace siaga {

enum class Level { awas, siaga, waspada, info };
SIAGA_WORDS(Level, "AWAS", "SIAGA", "WASPADA", "INFO");

// Empty lists match anything.
struct LevelRule {
  std::vector<Severity> severities;
  std::vector<Urgency> urgencies;
  std::vector<Certainty> certainties;
  Level level = Level::info;
  std::string label;  // "SIAGA 1 (AWAS)"; empty = the word
};

class LevelTable {
 public:
  LevelTable();  // Extreme is AWAS, Severe SIAGA, Moderate WASPADA; past or unlikely ones are
                 // lower
  explicit LevelTable(std::vector<LevelRule> rules) : rules_(std::move(rules)) {}

  // The first rule that fits; INFO when none does.
  Level of(Info const& info) const;
  // "AWAS", or that rule's label.
  std::string label_of(Info const& info) const;

 private:
  LevelRule const* rule_for(Info const& info) const;
  std::vector<LevelRule> rules_;
};

}  // namespace siaga
