#include "gateway/journal/state/ladders.hpp"

#include "gateway/journal/state/alert_codec.hpp"

namespace siaga::journal {

Result<std::vector<LadderState>> open_ladders(Database& database) {
  std::vector<LadderState> ladders;
  Query rows(database,
             "SELECT l.alert, l.ordinal, l.policy, l.round, l.step, l.round_started, l.next_due,"
             " EXISTS (SELECT 1 FROM chunks c WHERE c.alert = l.alert AND c.ladder = l.ordinal)"
             " FROM ladders l WHERE l.alert IN (SELECT id FROM alerts WHERE state = 'open')"
             " ORDER BY l.alert, l.ordinal");
  while (rows.next()) {
    auto policy = decode_policy(rows.text(2));
    if (!policy) return policy.error();
    LadderState ladder;
    ladder.alert = rows.get<AlertId>(0);
    ladder.ladder = rows.get<int>(1);
    ladder.policy = std::move(*policy);
    ladder.position = {rows.get<int>(3), rows.get<int>(4), rows.get<SteadyTime>(5)};
    ladder.next_due = rows.get<std::optional<SteadyTime>>(6);
    ladder.expanding = rows.get<bool>(7);
    ladders.push_back(std::move(ladder));
  }
  return ladders;
}

}  // namespace siaga::journal
