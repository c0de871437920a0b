#include "gateway/domain/plan.hpp"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "gateway/domain/text.hpp"

namespace siaga {
namespace {

constexpr std::size_t reasons_max = 100;

// Gathers one step's recipients, each (channel, address) once, and why the others are not among
// them.
class Gathering {
 public:
  Gathering(Alert const& alert, Directory const& directory)
      : alert_(alert), directory_(directory), codes_(area_codes_of(alert)) {}

  // The teams of the step which this alert may reach.
  std::vector<Team const*> teams_of(Step const& step) {
    std::vector<Team const*> applying;
    for (auto const& id : step.teams) {
      auto const* team = directory_.team(id);
      if (team == nullptr)
        miss("team " + id.value + " is not known");
      else if (alert_.status == Status::test && !team->test)
        miss("team " + id.value + " takes no Test alerts");
      else if (alert_.scope != Scope::public_ && team->is_public)
        miss("team " + id.value + " is public and is told of no " +
             std::string(to_word(alert_.scope)) + " alert");
      else
        applying.push_back(team);
    }
    return applying;
  }

  // Their members within the alert's area, each once, in the order of teams and members.
  std::vector<Officer const*> officers_of(std::vector<Team const*> const& teams) {
    std::vector<Officer const*> chosen;
    std::unordered_set<std::string_view> seen;
    std::size_t members = 0;
    for (auto const* team : teams) members += team->members.size();
    chosen.reserve(members);
    seen.reserve(members);
    for (auto const* team : teams)
      for (auto const& id : team->members) {
        if (!seen.insert(id.value).second) continue;
        auto const* officer = directory_.officer(id);
        if (officer == nullptr)
          miss("officer " + id.value + " of team " + team->id.value + " is not known");
        else if (!is_within(*officer))
          miss("officer " + id.value + " has no area in common with the alert");
        else
          chosen.push_back(officer);
      }
    return chosen;
  }

  void tell_all(ChannelName const& channel) {
    result_.recipients.push_back({OfficerId(), channel, channel.value, directory_.language()});
  }

  void tell(std::vector<Officer const*> const& officers, ChannelName const& channel,
            std::string const& key) {
    std::unordered_set<std::string_view> told;
    told.reserve(officers.size());
    result_.recipients.reserve(result_.recipients.size() + officers.size());
    for (auto const* officer : officers) {
      auto const address = officer->addresses.find(key);
      if (address == officer->addresses.end() || address->second.empty())
        miss("officer " + officer->id.value + " has no " + key);
      else if (told.insert(address->second).second)
        result_.recipients.push_back({officer->id, channel, address->second, officer->language});
    }
  }

  void miss(std::string reason) {
    if (result_.unreachable.size() < reasons_max)
      result_.unreachable.push_back(std::move(reason));
    else
      ++unsaid_;
  }

  StepRecipients finish() {
    if (unsaid_ > 0)
      result_.unreachable.push_back("and " + std::to_string(unsaid_) + " more reasons");
    return std::move(result_);
  }

 private:
  bool is_within(Officer const& officer) const {
    if (codes_.empty() || officer.areas.empty()) return true;
    return std::ranges::find_first_of(officer.areas, codes_, areas_meet) != officer.areas.end();
  }

  Alert const& alert_;
  Directory const& directory_;
  std::vector<std::string> codes_;
  StepRecipients result_;
  std::size_t unsaid_ = 0;
};

// "no route takes agency polres, category Security, event 'Unjuk rasa', severity Minor, status
// Actual"
std::string nothing_matched(AgencyId const& agency, Alert const& alert) {
  std::string categories;
  std::string events;
  for (auto const& info : alert.infos) {
    for (auto const category : info.categories)
      if (auto const word = to_word(category); categories.find(word) == std::string::npos)
        categories.append(categories.empty() ? "" : "/").append(word);
    if (events.empty()) events = shortened(info.event, 60);
  }
  return "no route takes agency " + agency.value + ", category " +
         (categories.empty() ? "none" : categories) + ", event '" + events + "', severity " +
         std::string(to_word(severity_of(alert))) + ", urgency " +
         std::string(to_word(urgency_of(alert))) + ", scope " + std::string(to_word(alert.scope)) +
         ", status " + std::string(to_word(alert.status));
}

std::set<OfficerId> only_in_public_teams(Directory const& directory) {
  std::set<OfficerId> outsiders;
  for (auto const& team : directory.teams())
    if (team.is_public) outsiders.insert(team.members.begin(), team.members.end());
  for (auto const& team : directory.teams())
    if (!team.is_public)
      for (auto const& member : team.members) outsiders.erase(member);
  return outsiders;
}

Ladder ladder_of(Route const& route, Policy const& policy, StepRecipients first) {
  Ladder ladder;
  ladder.policy = policy;
  ladder.rule = route.rule;
  ladder.first_step = std::move(first.recipients);
  ladder.unreachable = std::move(first.unreachable);
  return ladder;
}

}  // namespace

std::size_t Plan::recipients() const noexcept {
  std::size_t count = 0;
  for (auto const& ladder : ladders) count += ladder.first_step.size();
  return count;
}

StepRecipients resolve(Step const& step, Alert const& alert, Directory const& directory,
                       Paths const& paths) {
  Gathering gathering(alert, directory);
  auto const teams = gathering.teams_of(step);
  auto const officers = gathering.officers_of(teams);
  std::set<ChannelName> seen;
  for (auto const& channel : step.channels) {
    if (!seen.insert(channel).second) continue;
    auto const path = paths.find(channel);
    if (path == paths.end()) {
      gathering.miss("channel " + channel.value + " is not configured");
    } else if (path->second.is_public && alert.scope != Scope::public_) {
      gathering.miss("channel " + channel.value + " is public and carries no " +
                     std::string(to_word(alert.scope)) + " alert");
    } else if (path->second.address_key.empty()) {
      if (!teams.empty()) gathering.tell_all(channel);
    } else {
      gathering.tell(officers, channel, path->second.address_key);
    }
  }
  return gathering.finish();
}

std::size_t people_of(Plan const& plan, Alert const& alert, Directory const& directory,
                      Paths const& paths) {
  std::set<OfficerId> officers;
  std::set<ChannelName> broadcasts;
  for (auto const& ladder : plan.ladders)
    for (auto const& step : ladder.policy.steps)
      for (auto const& recipient : resolve(step, alert, directory, paths).recipients)
        if (recipient.officer.empty())
          broadcasts.insert(recipient.channel);
        else
          officers.insert(recipient.officer);
  return officers.size() + broadcasts.size();
}

Plan plan(AgencyId const& agency, Alert const& alert, Directory const& directory,
          Routing const& routing, Paths const& paths) {
  Plan made;
  made.priority = priority_of(alert);
  if (alert.msg_type == MsgType::update && alert.scope != Scope::public_)
    made.outsiders = only_in_public_teams(directory);
  for (auto const& route : routing.routes) {
    if (!matches(route.match, agency, alert)) continue;
    auto const* policy = routing.policy(route.policy);
    if (policy == nullptr) {
      made.empty_because =
          route.rule + " names policy " + route.policy.value + ", which is not known";
      continue;
    }
    StepRecipients first;
    if (!policy->steps.empty()) first = resolve(policy->steps.front(), alert, directory, paths);
    made.ladders.push_back(ladder_of(route, *policy, std::move(first)));
    if (!route.continues) break;
  }
  if (!made.ladders.empty())
    made.empty_because.clear();
  else if (made.empty_because.empty())
    made.empty_because = nothing_matched(agency, alert);
  return made;
}

}  // namespace siaga
