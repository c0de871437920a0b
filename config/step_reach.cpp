#include "config/step_reach.hpp"

#include <algorithm>
#include <set>

namespace siaga::config {

Reach reach_of(Step const& step, Directory const& directory, Paths const& paths) {
  Reach reach;
  std::set<std::string> wanted;
  for (auto const& channel : step.channels) {
    auto const path = paths.find(channel);
    if (path == paths.end())
      reach.known = false;
    else if (path->second.address_key.empty())
      reach.broadcast = true;
    else
      wanted.insert(path->second.address_key);
  }
  for (auto const& id : step.teams) {
    auto const* team = directory.team(id);
    if (team == nullptr) {
      reach.known = false;
      continue;
    }
    for (auto const& member : team->members) {
      auto const* officer = directory.officer(member);
      auto const has_one = [&](std::string const& key) { return officer->addresses.contains(key); };
      if (officer != nullptr && std::ranges::any_of(wanted, has_one))
        reach.officers.insert(officer);
    }
  }
  return reach;
}

}  // namespace siaga::config
