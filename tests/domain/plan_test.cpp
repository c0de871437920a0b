#include "gateway/domain/plan.hpp"

#include "tests/domain/samples.hpp"
#include "tests/support/catch.hpp"

using namespace siaga;

namespace {

AgencyId const polres("polres");
ChannelName const sms("sms");
ChannelName const email("email");
ChannelName const radio("radio");

Paths const& paths() {
  static Paths const known{{sms, {"sms"}}, {email, {"email"}}, {radio, {""}}};
  return known;
}

Officer officer_of(std::string id, std::map<std::string, std::string> addresses,
                   std::vector<std::string> areas = {}) {
  Officer officer;
  officer.id = OfficerId(std::move(id));
  officer.addresses = std::move(addresses);
  officer.areas = std::move(areas);
  return officer;
}

Team team_of(std::string id, std::vector<std::string> const& members) {
  Team team;
  team.id = TeamId(std::move(id));
  for (auto const& member : members) team.members.push_back(OfficerId(member));
  return team;
}

Directory bontang() {
  auto warga = team_of("warga", {"utara"});
  warga.is_public = true;
  auto uji = team_of("uji", {"kabag"});
  uji.test = true;
  return Directory({officer_of("kabag", {{"sms", "+6281"}, {"email", "kabag@x"}}, {"64.74"}),
                    officer_of("utara", {{"sms", "+6282"}}, {"64.74.01", "64.74.03"}),
                    officer_of("selatan", {{"sms", "+6283"}}, {"64.74.02"}),
                    officer_of("loker", {{"sms", "+6281"}})},
                   {team_of("piket", {"kabag", "utara", "selatan"}), team_of("kabag", {"kabag"}),
                    team_of("loker", {"kabag", "loker"}), team_of("kosong", {}), warga, uji});
}

Step step_of(std::vector<std::string> const& teams, std::vector<ChannelName> channels) {
  Step step;
  for (auto const& team : teams) step.teams.push_back(TeamId(team));
  step.channels = std::move(channels);
  return step;
}

StepRecipients resolved(std::vector<std::string> const& teams, std::vector<ChannelName> channels,
                        Alert const& alert = test::sample_alert()) {
  return resolve(step_of(teams, std::move(channels)), alert, bontang(), paths());
}

// "kabag sms +6281, ..."
std::string told(StepRecipients const& step) {
  std::string text;
  for (auto const& each : step.recipients)
    text += (text.empty() ? "" : ", ") + each.officer.value + " " + each.channel.value + " " +
            each.address;
  return text;
}

using Reasons = std::vector<std::string>;

Routing routing_of(std::vector<Route> routes) {
  Routing routing;
  routing.routes = std::move(routes);
  for (auto const* id : {"satu", "dua"}) {
    Policy policy;
    policy.id = PolicyId(id);
    policy.steps = {step_of({"kabag"}, {sms})};
    routing.policies.push_back(policy);
  }
  return routing;
}

Route route_to(std::string policy, std::string rule, std::vector<Category> categories = {}) {
  Route route;
  route.policy = PolicyId(std::move(policy));
  route.rule = std::move(rule);
  route.match.category = std::move(categories);
  return route;
}

Plan planned(Routing const& routing, Alert const& alert = test::sample_alert()) {
  return plan(polres, alert, bontang(), routing, paths());
}

}  // namespace

TEST_CASE("an officer in two teams is told once per channel", "[domain]") {
  auto const step = resolved({"piket", "kabag"}, {sms, email});
  CHECK(told(step) == "kabag sms +6281, utara sms +6282, kabag email kabag@x");
}

TEST_CASE("an officer out of the alert's area is not told, and the plan says so", "[domain]") {
  auto const step = resolved({"piket"}, {sms});
  CHECK(told(step) == "kabag sms +6281, utara sms +6282");
  CHECK(step.unreachable == Reasons{"officer selatan has no area in common with the alert"});
}

TEST_CASE("an alert for the whole city, or for no area, reaches every district", "[domain]") {
  Alert alert = test::sample_alert();
  alert.infos[0].areas = {test::area_of("Kota Bontang", "64.74")};
  CHECK(resolved({"piket"}, {sms}, alert).recipients.size() == 3);
  alert.infos[0].areas.clear();
  CHECK(resolved({"piket"}, {sms}, alert).recipients.size() == 3);
}

TEST_CASE("an officer without an address for a channel is named", "[domain]") {
  auto const step = resolved({"piket"}, {email});
  CHECK(told(step) == "kabag email kabag@x");
  CHECK(step.unreachable == Reasons{"officer selatan has no area in common with the alert",
                                    "officer utara has no email"});
}

TEST_CASE("an address two officers share is written to once", "[domain]") {
  CHECK(told(resolved({"loker"}, {sms})) == "kabag sms +6281");
}

TEST_CASE("a channel that speaks to all gets one message", "[domain]") {
  auto const step = resolved({"piket", "kabag"}, {radio, radio});
  REQUIRE(step.recipients.size() == 1);
  CHECK(told(step) == " radio radio");
  CHECK(step.recipients[0].language == "id");
  CHECK(told(resolved({"kosong"}, {radio})) == " radio radio");
}

TEST_CASE("a channel that speaks to all is silent when no team may be told", "[domain]") {
  auto const step = resolved({"warga"}, {radio, sms});
  CHECK(step.recipients.empty());
  CHECK(step.unreachable == Reasons{"team warga is public and is told of no Restricted alert"});
}

TEST_CASE("a public team is told of public alerts only", "[domain]") {
  Alert alert = test::sample_alert();
  alert.scope = Scope::private_;
  CHECK(told(resolved({"warga", "kabag"}, {sms}, alert)) == "kabag sms +6281");
  alert.scope = Scope::public_;
  CHECK(told(resolved({"warga"}, {sms}, alert)) == "utara sms +6282");
}

TEST_CASE("a public channel carries public alerts only", "[domain]") {
  Paths open_air{{sms, {"sms"}}, {radio, {"", true}}};
  auto alert = test::sample_alert();
  auto const both = step_of({"kabag"}, {sms, radio});
  auto const restricted = resolve(both, alert, bontang(), open_air);
  CHECK(told(restricted) == "kabag sms +6281");
  CHECK(restricted.unreachable ==
        Reasons{"channel radio is public and carries no Restricted alert"});
  alert.scope = Scope::public_;
  CHECK(resolve(both, alert, bontang(), open_air).recipients.size() == 2);
}

TEST_CASE("people of a plan are counted once over all its steps", "[domain]") {
  Plan plan;
  Ladder ladder;
  ladder.policy.steps = {step_of({"kabag"}, {sms, email}), step_of({"piket"}, {sms, radio})};
  plan.ladders.push_back(std::move(ladder));
  auto const alert = test::sample_alert();
  CHECK(people_of(plan, alert, bontang(), paths()) == 3);  // kabag, utara, and the radio
}

TEST_CASE("an update that is not public names those who are in public teams alone", "[domain]") {
  Alert alert = test::sample_alert();
  auto const outsiders = [&] {
    auto warga = team_of("warga", {"utara", "ibu-rt"});
    warga.is_public = true;
    Directory const directory({}, {warga, team_of("piket", {"utara"})});
    return plan(AgencyId("polres"), alert, directory, Routing(), paths()).outsiders;
  };
  alert.msg_type = MsgType::update;
  alert.scope = Scope::restricted;
  CHECK(outsiders() == std::set{OfficerId("ibu-rt")});
  alert.scope = Scope::public_;
  CHECK(outsiders().empty());
}

TEST_CASE("a test reaches only teams marked for it, an exercise reaches all", "[domain]") {
  Alert alert = test::sample_alert();
  alert.status = Status::test;
  auto const step = resolved({"piket", "uji"}, {sms, radio}, alert);
  CHECK(told(step) == "kabag sms +6281,  radio radio");
  CHECK(step.unreachable == Reasons{"team piket takes no Test alerts"});
  CHECK(resolved({"piket"}, {sms, radio}, alert).recipients.empty());
  alert.status = Status::exercise;
  CHECK(resolved({"piket"}, {sms}, alert).recipients.size() == 2);
}

TEST_CASE("what is not known is named and does not stop the rest", "[domain]") {
  auto const step = resolved({"hantu", "kabag"}, {ChannelName("telex"), sms});
  CHECK(told(step) == "kabag sms +6281");
  CHECK(step.unreachable == Reasons{"team hantu is not known", "channel telex is not configured"});
  Directory const half({}, {team_of("piket", {"pensiun"})});
  auto const none = resolve(step_of({"piket"}, {sms}), test::sample_alert(), half, paths());
  CHECK(none.unreachable == Reasons{"officer pensiun of team piket is not known"});
}

TEST_CASE("a large team without addresses does not fill memory with reasons", "[domain]") {
  std::vector<Officer> officers;
  std::vector<std::string> ids;
  for (int i = 0; i < 1000; ++i) {
    ids.push_back("o" + std::to_string(i));
    officers.push_back(officer_of(ids.back(), {}));
  }
  Directory const many(officers, {team_of("semua", ids)});
  auto const step = resolve(step_of({"semua"}, {sms}), test::sample_alert(), many, paths());
  REQUIRE(step.unreachable.size() == 101);
  CHECK(step.unreachable.back() == "and 900 more reasons");
}

TEST_CASE("the first route that matches makes the plan", "[domain]") {
  auto const made = planned(routing_of({route_to("dua", "route 1", {Category::met}),
                                        route_to("satu", "route 2"), route_to("dua", "route 3")}));
  REQUIRE(made.ladders.size() == 1);
  CHECK(made.ladders[0].rule == "route 2");
  CHECK(made.ladders[0].policy.id == PolicyId("satu"));
  CHECK(made.ladders[0].first_step.size() == 1);
  CHECK(made.recipients() == 1);
  CHECK(made.priority == Priority::life);
  CHECK(made.empty_because.empty());
}

TEST_CASE("a route that continues lets the next one match too", "[domain]") {
  auto first = route_to("satu", "route 1");
  first.continues = true;
  auto const made = planned(routing_of({first, route_to("dua", "route 2"), route_to("dua", "x")}));
  REQUIRE(made.ladders.size() == 2);
  CHECK(made.ladders[1].rule == "route 2");
  CHECK(made.recipients() == 2);
}

TEST_CASE("a plan that no route made says what it was about", "[domain]") {
  auto const made = planned(routing_of({route_to("satu", "route 1", {Category::met})}));
  CHECK(made.ladders.empty());
  CHECK(made.recipients() == 0);
  CHECK_THAT(made.empty_because, ContainsSubstring("agency polres"));
  CHECK_THAT(made.empty_because, ContainsSubstring("category Security"));
  CHECK_THAT(made.empty_because, ContainsSubstring("event 'Unjuk rasa'"));
  CHECK_THAT(made.empty_because, ContainsSubstring("severity Severe"));
}

TEST_CASE("a ladder whose first step reaches nobody stays in the plan", "[domain]") {
  auto routing = routing_of({route_to("satu", "route 1")});
  routing.policies[0].steps.insert(routing.policies[0].steps.begin(), step_of({"kosong"}, {sms}));
  auto const made = planned(routing);
  REQUIRE(made.ladders.size() == 1);
  CHECK(made.ladders[0].first_step.empty());
  CHECK(made.ladders[0].policy.steps.size() == 2);
  CHECK(made.empty_because.empty());
}

TEST_CASE("a route to a policy nobody wrote is passed over", "[domain]") {
  auto const made = planned(routing_of({route_to("tiga", "route 1"), route_to("satu", "route 2")}));
  REQUIRE(made.ladders.size() == 1);
  CHECK(made.ladders[0].rule == "route 2");
  auto const none = planned(routing_of({route_to("tiga", "route 1")}));
  CHECK(none.ladders.empty());
  CHECK(none.empty_because == "route 1 names policy tiga, which is not known");
}
