#include "gateway/flow/suspects.hpp"

#include <algorithm>
#include <array>

namespace siaga::flow {
namespace {

constexpr int tries_max = 3;
constexpr std::array rests{std::chrono::minutes(1), std::chrono::minutes(5),
                           std::chrono::minutes(30)};
// Where nothing else has to be said, waiting for another to pass has an end.
constexpr std::chrono::seconds without_others{15};
constexpr std::chrono::hours aside_max{24};

}  // namespace

Suspects::Standing Suspects::standing(std::string const& name, SteadyTime now) const {
  auto const found = known_.find(name);
  if (found == known_.end()) return Standing::clear;
  auto const& one = found->second;
  if (one.tries == 0) return Standing::alone;
  bool const another_passed = one.rests == 0 && passed_ > one.passed_before;
  return another_passed || now >= one.not_before ? Standing::behind : Standing::not_yet;
}

std::optional<SteadyTime> Suspects::next_try(SteadyTime now) const {
  std::optional<SteadyTime> soonest;
  for (auto const& [name, one] : known_)
    if (one.not_before > now && (!soonest || one.not_before < *soonest)) soonest = one.not_before;
  return soonest;
}

bool Suspects::passed(std::string const& name) {
  ++passed_;
  auto const found = known_.find(name);
  if (found == known_.end()) return false;
  bool const was_aside = found->second.rests > 0;
  known_.erase(found);
  return was_aside;
}

void Suspects::ended_in_company(std::string const& name) {
  if (known_.size() >= suspects_max)
    std::erase_if(known_, [](auto const& entry) { return entry.second.tries == 0; });
  if (known_.size() < suspects_max) known_.try_emplace(name);
}

Suspects::Verdict Suspects::ended_alone(std::string const& name, SteadyTime now) {
  if (known_.size() >= suspects_max && !known_.contains(name)) return Verdict::none;
  auto& one = known_[name];
  if (one.tries == 0 || passed_ > one.passed_before) ++one.tries;
  one.passed_before = passed_;
  one.not_before = now + without_others;
  if (one.tries < tries_max) return Verdict::none;
  one.not_before = now + rests[std::min(one.rests, rests.size() - 1)];
  if (++one.rests > 1) return Verdict::none;
  one.aside_since = now;
  return Verdict::set_aside;
}

bool Suspects::is_over(std::string const& name, SteadyTime now) const {
  auto const found = known_.find(name);
  return found != known_.end() && found->second.rests > 0 &&
         now - found->second.aside_since >= aside_max;
}

}  // namespace siaga::flow
