// ReceiptPace: limits what an agency hears that floods us with answers that cannot count: one
// rejection a second, then how many more there were, and the last of them a second later. Pure.
//
// Place:  answer intake -> RECEIPT PACE.
// Bound:  one entry for each agency of the configuration; all strangers share one.
#pragma once

#include <map>
#include <optional>
#include <utility>

#include "gateway/domain/ids.hpp"
#include "gateway/domain/time.hpp"

namespace siaga::flow {

class ReceiptPace {
 public:
  static constexpr std::chrono::seconds one_every{1};

  // How many were not told since the last one that was; nullopt: this one is not told either.
  std::optional<std::size_t> turn(AgencyId const& agency, SteadyTime now) {
    auto const [it, fresh] = last_.try_emplace(agency);
    auto& [at, untold] = it->second;
    if (!fresh && now - at < one_every) {
      ++untold;
      return std::nullopt;
    }
    at = now;
    return std::exchange(untold, 0);
  }
  // When its next turn comes, of one that has had a turn.
  SteadyTime next(AgencyId const& agency) const { return last_.at(agency).first + one_every; }

 private:
  std::map<AgencyId, std::pair<SteadyTime, std::size_t>> last_;
};

}  // namespace siaga::flow
