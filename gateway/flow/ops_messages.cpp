#include "gateway/flow/ops_messages.hpp"

#include <algorithm>
#include <set>

namespace siaga::flow {
namespace {

std::vector<Officer const*> officers_of(World const& world) {
  std::vector<Officer const*> officers;
  for (auto const& id : world.ops.teams) {
    auto const* team = world.directory->team(TeamId(id));
    if (team == nullptr) continue;
    for (auto const& member : team->members)
      if (auto const* officer = world.directory->officer(member);
          officer != nullptr && std::ranges::find(officers, officer) == officers.end())
        officers.push_back(officer);
  }
  return officers;
}

// "sms", or what begins with "sms ": one of its messages, its account.
bool concerns(IncidentNotice const& notice, std::string const& channel) {
  return std::ranges::any_of(notice.abouts, [&](std::string const& about) {
    return about == channel || about.starts_with(channel + " ");
  });
}

}  // namespace

std::vector<OpsMessage> ops_messages(World const& world, IncidentNotice const& notice,
                                     std::string const& gateway, IsCarried const& is_carried) {
  std::vector<OpsMessage> messages;
  std::set<std::string> told;
  auto const officers = officers_of(world);
  for (auto const& word : world.ops.channels) {
    ChannelName const channel(word);
    auto const path = world.paths.find(channel);
    if (path == world.paths.end() || path->second.address_key.empty()) continue;
    bool const over = notice.report.ended.has_value();
    if (!over && concerns(notice, word) && !is_carried(channel)) continue;
    for (auto const* officer : officers) {
      auto const address = officer->addresses.find(path->second.address_key);
      if (address == officer->addresses.end() || address->second.empty()) continue;
      if (!told.insert(word + " " + address->second).second) continue;
      messages.push_back({{officer->id, channel, address->second, officer->language},
                          incident_text(notice.report, gateway, officer->language, world.zone)});
    }
  }
  return messages;
}

}  // namespace siaga::flow
