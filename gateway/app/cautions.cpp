#include "gateway/app/cautions.hpp"

#include <algorithm>

#include "config/nearest.hpp"
#include "gateway/app/registry.hpp"
#include "gateway/flow/incident_settings.hpp"
#include "protocols/http/settings.hpp"
#include "protocols/mqtt/settings.hpp"

namespace siaga {
namespace {

using config::Problem;
using config::Settings;

class Careful {
 public:
  explicit Careful(Settings const& settings) : settings_(settings) {}

  void warn(std::string const& section, std::string const& key, std::string what) {
    add(section, key, std::move(what)).warning = true;
  }
  void refuse(std::string const& section, std::string const& key, std::string what) {
    add(section, key, std::move(what));
  }

  void look(std::string const& section, Cautions const& cautions, bool private_link) {
    for (auto const& caution : cautions) {
      auto const where = "[" + section + "] " + caution.key;
      if (caution.of == Caution::Of::clear_text && !private_link)
        warn(section, caution.key,
             where + ": " + caution.what +
                 " can be read and changed by anybody on the way: use TLS, or say private_link = "
                 "true where the wire is trusted");
      if (caution.of == Caution::Of::unverified)
        warn(section, caution.key,
             where + ": " + caution.what +
                 " is not verified, anybody can pose as it: leave it out and name a ca_file");
    }
  }

  std::vector<Problem> take() { return std::move(problems_); }

 private:
  Problem& add(std::string const& section, std::string const& key, std::string what) {
    Problem problem;
    problem.file = settings_.file;
    problem.line = problem.column = 1;
    auto place = settings_.places.find(section + "." + key);
    if (place == settings_.places.end()) place = settings_.places.find(section);
    if (place != settings_.places.end()) {
      problem.file = place->second.file;
      problem.line = place->second.line;
      problem.column = place->second.column;
    }
    problem.what = std::move(what);
    return problems_.emplace_back(std::move(problem));
  }

  Settings const& settings_;
  std::vector<Problem> problems_;
};

void look_at_teams(Careful& careful, Settings const& settings,
                   std::vector<std::string> const& named) {
  std::vector<std::string> known;
  for (auto const& team : settings.directory->teams()) known.push_back(team.id.value);
  for (auto const& name : named)
    if (settings.directory->team(TeamId(name)) == nullptr)
      careful.refuse("incidents", "teams",
                     "[incidents] teams names '" + name +
                         "', which is no team: " + config::did_you_mean(name, known, "teams are"));
}

void look_at_channels(Careful& careful, Settings const& settings,
                      std::vector<std::string> const& named) {
  auto const ways = paths(settings);
  std::vector<std::string> known;
  for (auto const& [channel, path] : ways) known.push_back(channel.value);
  for (auto const& name : named) {
    auto const way = ways.find(ChannelName(name));
    if (way == ways.end())
      careful.refuse("incidents", "channels",
                     "[incidents] channels names '" + name + "', which is no channel: " +
                         config::did_you_mean(name, known, "channels are"));
    else if (way->second.address_key.empty())
      careful.refuse("incidents", "channels",
                     "[incidents] channels names '" + name +
                         "', which speaks to all who listen: name channels with addresses");
  }
}

// Whether any officer of ops has an address on any of the channels.
bool reaches_somebody(Settings const& settings, flow::IncidentSettings const& ops) {
  auto const ways = paths(settings);
  for (auto const& name : ops.teams)
    if (auto const* team = settings.directory->team(TeamId(name)))
      for (auto const& member : team->members)
        if (auto const* officer = settings.directory->officer(member))
          for (auto const& channel : ops.channels)
            if (auto const way = ways.find(ChannelName(channel));
                way != ways.end() && officer->addresses.contains(way->second.address_key))
              return true;
  return false;
}

void look_at_checkpoint_mail(Careful& careful, Settings const& settings,
                             std::vector<std::string> const& addresses) {
  for (auto const& address : addresses)
    if (address.find('@') == address.npos)
      careful.refuse("incidents", "checkpoint_mail",
                     "[incidents] checkpoint_mail: '" + address + "' is no mail address");
  auto const ways = paths(settings);
  bool const can_mail =
      std::ranges::any_of(ways, [](auto const& way) { return way.second.address_key == "email"; });
  if (!addresses.empty() && !can_mail)
    careful.refuse("incidents", "checkpoint_mail",
                   "[incidents] checkpoint_mail needs a channel of kind smtp: add one");
}

void look_at_incidents(Careful& careful, Settings const& settings) {
  auto const& ops = settings.section<flow::IncidentSettings>("incidents");
  look_at_checkpoint_mail(careful, settings, ops.checkpoint_mail);
  if (ops.teams.empty() || ops.channels.empty())
    return careful.warn("incidents", ops.teams.empty() ? "teams" : "channels",
                        "nobody hears of the gateway's own troubles: add [incidents] with teams = "
                        "[\"ops\"] and channels = [\"sms\", \"email\"]");
  look_at_teams(careful, settings, ops.teams);
  look_at_channels(careful, settings, ops.channels);
  if (!reaches_somebody(settings, ops))
    careful.warn("incidents", "teams",
                 "[incidents] reaches nobody: no officer of its teams has an address on its "
                 "channels");
  else if (ops.channels.size() == 1)
    careful.warn("incidents", "channels",
                 "[incidents] names one channel: when that one fails nobody is told; name another");
}

}  // namespace

std::vector<Problem> cautions(Settings const& settings) {
  Careful careful(settings);
  auto const& broker = settings.section<mqtt::Settings>("mqtt");
  careful.look("mqtt", mqtt::cautions(broker), broker.private_link);
  auto const& web = settings.section<http::Settings>("http");
  careful.look("http", http::cautions(web), web.private_link);
  for (auto const& channel : settings.channels)
    if (auto const* kind = channel_kind(channel.kind); kind != nullptr && kind->cautions != nullptr)
      careful.look("channel." + channel.name.value, kind->cautions(channel.settings),
                   channel.private_link);
  look_at_incidents(careful, settings);
  return careful.take();
}

}  // namespace siaga
