#include "config/routing_reader.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "config/agency_reader.hpp"
#include "config/enum_words.hpp"
#include "config/records.hpp"
#include "config/step_reach.hpp"

namespace siaga::config {
namespace {

using Tables = std::vector<toml::table const*>;

class RoutingReader {
 public:
  RoutingReader(TableReader& reader, RoutingWorld const& world) : reader_(reader), world_(world) {}

  Routing read() {
    auto const& table = reader_.document().table;
    if (reader_.document().broken) policies_.incomplete();
    for (auto const* one : reader_.tables(table, "policy", "policy")) policy(*one);
    std::size_t number = 0;
    for (auto const* one : reader_.tables(table, "route", "route")) route(*one, ++number);
    unused_policies();
    return std::move(routing_);
  }

 private:
  void policy(toml::table const& table);
  void steps(toml::table const& table, Policy& policy, std::string const& where);
  Step step(toml::table const& table, std::string const& where);
  void check_order(Tables const& tables, Policy const& policy, std::string const& where);
  void advise(Tables const& tables, Policy const& policy, std::string const& where, Place acks);
  void route(toml::table const& table, std::size_t number);
  Matcher matcher(toml::table const& table, std::string const& where);
  void unused_policies();
  void refer(Names const& names, Place place, std::string const& id, std::string const& where) {
    if (auto const why = names.unknown(id, where); !why.empty()) reader_.error(place, why);
  }

  TableReader& reader_;
  RoutingWorld const& world_;
  Routing routing_;
  Names policies_{"policy", "[[policy]]"};
  std::map<std::string, Place> place_of_policy_;
  std::set<std::string> used_;
  std::string caught_by_;  // the route after which none is tried
};

void RoutingReader::policy(toml::table const& table) {
  auto const record = reader_.record<PolicyRecord>(table, "[[policy]]", {"steps"});
  auto const where = record.id.empty() ? "[[policy]]" : "policy '" + record.id + "'";
  Policy policy;
  policy.id = PolicyId(record.id);
  policy.acks_needed = static_cast<int>(record.acks_needed);
  policy.repeat = static_cast<int>(record.repeat);
  policy.tell_when_handled = record.tell_when_handled;
  steps(table, policy, where);
  if (!policies_.define(reader_, reader_.place(table, "id"), record.id)) return;
  place_of_policy_[record.id] = reader_.place(table);
  routing_.policies.push_back(std::move(policy));
}

void RoutingReader::steps(toml::table const& table, Policy& policy, std::string const& where) {
  auto const tables = reader_.tables(table, "steps", where + " steps");
  std::size_t number = 0;
  for (auto const* one : tables)
    policy.steps.push_back(step(*one, "step " + std::to_string(++number) + " of " + where));
  if (tables.empty() && !reader_.document().lost_keys.contains("steps"))
    reader_.error(reader_.place(table, "steps"),
                  where +
                      " has no steps and would tell nobody: add steps = [ { after = \"0s\", "
                      "teams = [\"...\"], channels = [\"...\"] } ]");
  check_order(tables, policy, where);
  if (world_.whole) advise(tables, policy, where, reader_.place(table, "acks_needed"));
}

Step RoutingReader::step(toml::table const& table, std::string const& where) {
  auto const record = reader_.record<StepRecord>(table, where);
  Step step;
  step.after = record.after;
  for (std::size_t i = 0; i < record.teams.size(); ++i) {
    refer(world_.teams, reader_.place(table, "teams", i), record.teams[i], where);
    step.teams.push_back(TeamId(record.teams[i]));
  }
  for (std::size_t i = 0; i < record.channels.size(); ++i) {
    refer(world_.channels, reader_.place(table, "channels", i), record.channels[i], where);
    step.channels.push_back(ChannelName(record.channels[i]));
  }
  return step;
}

void RoutingReader::check_order(Tables const& tables, Policy const& policy,
                                std::string const& where) {
  for (std::size_t i = 0; i < tables.size(); ++i) {
    auto const place = reader_.place(*tables[i], "after");
    auto const after = policy.steps[i].after;
    auto const word = "step " + std::to_string(i + 1) + " of " + where;
    if (i == 0 && after != milliseconds{0})
      reader_.error(place, word + " begins after " + to_text(after) +
                               ", but the first step begins at once: write after = \"0s\"");
    if (i > 0 && after <= policy.steps[i - 1].after)
      reader_.error(place, word + " begins after " + to_text(after) +
                               ", not later than the step before it (" +
                               to_text(policy.steps[i - 1].after) +
                               "): put the steps in order of 'after', each later than the last");
  }
}

void RoutingReader::advise(Tables const& tables, Policy const& policy, std::string const& where,
                           Place acks) {
  std::unordered_set<Officer const*> all;
  bool broadcast = false;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    auto const reach = reach_of(policy.steps[i], world_.directory, world_.paths);
    if (!reach.known) return;  // an unknown team or channel was reported already
    if (reach.officers.empty() && !reach.broadcast)
      reader_.warning(reader_.place(*tables[i]),
                      "step " + std::to_string(i + 1) + " of " + where +
                          " reaches nobody, no member has an address for its channels: add "
                          "addresses or channels");
    all.insert(reach.officers.begin(), reach.officers.end());
    broadcast = broadcast || reach.broadcast;
  }
  auto const needed = static_cast<std::size_t>(policy.acks_needed);
  if (!broadcast && !all.empty() && needed > all.size())
    reader_.warning(acks,
                    where + " needs " + std::to_string(needed) + " acknowledgements, but tells " +
                        std::to_string(all.size()) +
                        " officers at most and can never be satisfied: lower acks_needed or add "
                        "members");
}

void RoutingReader::route(toml::table const& table, std::size_t number) {
  auto const& document = reader_.document();
  auto const where = "route " + std::to_string(number);
  auto const record = reader_.record<RouteRecord>(table, where, {"match"});
  Route route;
  route.policy = PolicyId(record.policy);
  route.continues = record.continues;
  auto const place = reader_.place(table);
  route.rule = std::filesystem::path(document.path).filename().string() + ":" +
               std::to_string(place.line) + " " + where;
  auto const* match = reader_.table_at(table, "match", where + " match");
  if (match != nullptr) route.match = matcher(*match, where + " match");
  if (!record.policy.empty())
    refer(policies_, reader_.place(table, "policy"), record.policy, where);
  used_.insert(record.policy);
  if (!caught_by_.empty())
    reader_.warning(place, where + " is never tried, " + caught_by_ +
                               " takes every alert: move it up, or give that one continue = true");
  bool const matches_all = match == nullptr ? !table.contains("match") : match->empty();
  if (matches_all && !record.continues && caught_by_.empty()) caught_by_ = where;
  routing_.routes.push_back(std::move(route));
}

Matcher RoutingReader::matcher(toml::table const& table, std::string const& where) {
  auto const record = reader_.record<MatchRecord>(table, where);
  check_area_codes(reader_, table, "area", record.area, where);
  Matcher match;
  for (std::size_t i = 0; i < record.agency.size(); ++i) {
    refer(world_.agencies, reader_.place(table, "agency", i), record.agency[i], where);
    match.agency.push_back(AgencyId(record.agency[i]));
  }
  match.category = values_of<Category>(record.category);
  match.event = record.event;
  match.severity_min = value_of<Severity>(record.severity_min);
  match.urgency_min = value_of<Urgency>(record.urgency_min);
  match.certainty_min = value_of<Certainty>(record.certainty_min);
  match.area = record.area;
  match.scope = values_of<Scope>(record.scope);
  match.status = values_of<Status>(record.status);
  return match;
}

void RoutingReader::unused_policies() {
  if (reader_.document().broken) return;
  for (auto const& [id, place] : place_of_policy_)
    if (!used_.contains(id))
      reader_.warning(place, "policy '" + id +
                                 "' is named by no route: add a [[route]] or leave "
                                 "it out");
}

}  // namespace

Routing read_routing(TableReader& reader, RoutingWorld const& world) {
  return RoutingReader(reader, world).read();
}

}  // namespace siaga::config
