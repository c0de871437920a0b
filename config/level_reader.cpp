#include "config/level_reader.hpp"

#include "config/enum_words.hpp"
#include "config/records.hpp"
#include "gateway/domain/text.hpp"

namespace siaga::config {

LevelTable read_levels(TableReader& reader) {
  std::vector<LevelRule> rules;
  for (auto const* table : reader.tables(reader.document().table, "level", "level")) {
    auto const record = reader.record<LevelRecord>(*table, "[[level]]");
    if (!record.label.empty() && upper_case(record.label).find(record.word) == std::string::npos)
      reader.error(reader.place(*table, "label"),
                   "[[level]] label '" + record.label + "' does not hold its word " + record.word +
                       ": write \"" + record.label + " (" + record.word + ")\"");
    LevelRule rule;
    rule.level = value_of<Level>(record.word).value_or(Level::info);
    rule.label = record.label;
    rule.severities = values_of<Severity>(record.severity);
    rule.urgencies = values_of<Urgency>(record.urgency);
    rule.certainties = values_of<Certainty>(record.certainty);
    rules.push_back(std::move(rule));
  }
  return rules.empty() ? LevelTable() : LevelTable(std::move(rules));
}

}  // namespace siaga::config
