// Policies and routes.
#include "tests/config/written.hpp"
#include "tests/support/catch.hpp"

using namespace siaga;
using namespace siaga::config;
using namespace siaga::config::test;
using namespace std::chrono_literals;

namespace {

std::string main_problems(std::string const& old, std::string const& fresh) {
  return problems_of(with(good_main, old, fresh), good_directory);
}

}  // namespace

TEST_CASE("policies and routes become the routing", "[config]") {
  Written written;
  written.file("siaga.toml", good_main).file("directory.toml", good_directory);
  auto const loaded = written.load();
  auto const& routing = loaded.settings.routing;
  REQUIRE(routing.routes.size() == 1);
  auto const& route = routing.routes[0];
  CHECK(route.match.agency == std::vector<AgencyId>{AgencyId("polres")});
  CHECK(route.match.category == std::vector<Category>{Category::security});
  CHECK(route.match.severity_min == Severity::severe);
  CHECK_FALSE(route.match.urgency_min.has_value());
  CHECK(route.rule == "siaga.toml:22 route 1");
  auto const* policy = routing.policy(PolicyId("siaga-1"));
  REQUIRE(policy != nullptr);
  REQUIRE(policy->steps.size() == 2);
  CHECK(policy->steps[1].after == 5min);
  CHECK(policy->steps[1].teams == std::vector<TeamId>{TeamId("kabag")});
  CHECK(policy->steps[0].channels ==
        std::vector<ChannelName>{ChannelName("sms"), ChannelName("radio")});
  CHECK(policy->acks_needed == 1);
  CHECK(policy->repeat == 2);
  CHECK(policy->tell_when_handled);
}

TEST_CASE("a reference to nothing suggests what is there", "[config]") {
  CHECK_THAT(main_problems("policy = \"siaga-1\"", "policy = \"siaga1\""),
             ContainsSubstring("siaga.toml:24:10: unknown policy 'siaga1' in route 1: did you mean "
                               "'siaga-1'?"));
  CHECK_THAT(main_problems("teams = [\"piket\"]", "teams = [\"pikett\"]"),
             ContainsSubstring("siaga.toml:29:28: unknown team 'pikett' in step 1 of policy "
                               "'siaga-1': did you mean 'piket'?"));
  CHECK_THAT(main_problems("channels = [\"sms\", \"radio\"]", "channels = [\"sms\", \"raido\"]"),
             ContainsSubstring("unknown channel 'raido' in step 1 of policy 'siaga-1': did you "
                               "mean 'radio'?"));
  CHECK_THAT(main_problems("agency = [\"polres\"]", "agency = [\"damkar\"]"),
             ContainsSubstring("unknown agency 'damkar' in route 1 match: known are: polres"));
}

TEST_CASE("steps go forward in time and the first begins at once", "[config]") {
  CHECK_THAT(main_problems("after = \"5m\"", "after = \"0s\""),
             ContainsSubstring("siaga.toml:30:13: step 2 of policy 'siaga-1' begins after 0s, not "
                               "later than the step before it"));
  CHECK_THAT(main_problems("after = \"0s\"", "after = \"1m\""),
             ContainsSubstring("the first step begins at once"));
}

TEST_CASE("a policy without steps tells nobody and is refused", "[config]") {
  std::string const main = good_main;
  auto const steps = main.find("steps = [");
  auto const text =
      problems_of(main.substr(0, steps) + main.substr(main.find("repeat")), good_directory);
  CHECK_THAT(text, ContainsSubstring("siaga.toml:26:1: policy 'siaga-1' has no steps"));
  CHECK_THAT(main_problems("[[policy]]", "[policy]"), ContainsSubstring("write [[policy]]"));
}

TEST_CASE("a route below one that takes everything is never tried", "[config]") {
  auto const main =
      std::string(good_main) + "[[route]]\npolicy = \"siaga-1\"\n[[route]]\npolicy = \"siaga-1\"\n";
  CHECK_THAT(problems_of(main, good_directory),
             ContainsSubstring("siaga.toml:35:1: warning: route 3 is never tried, route 2 takes "
                               "every alert"));
  auto const goes_on = with(main, "[[route]]\npolicy = \"siaga-1\"\n[[route]]",
                            "[[route]]\ncontinue = true\npolicy = \"siaga-1\"\n[[route]]");
  CHECK(problems_of(goes_on, good_directory) == "");
}

TEST_CASE("more acknowledgements than officers can never come", "[config]") {
  // radio may reach more than the directory knows
  CHECK(main_problems("repeat = 2", "acks_needed = 3") == "");
  auto const text = problems_of(with(with(good_main, "repeat = 2", "acks_needed = 3"),
                                     "channels = [\"sms\", \"radio\"]", "channels = [\"sms\"]"),
                                good_directory);
  CHECK_THAT(text, ContainsSubstring("siaga.toml:32:15: warning: policy 'siaga-1' needs 3 "
                                     "acknowledgements, but tells 2 officers at most"));
}

TEST_CASE("a step that can reach nobody is warned about", "[config]") {
  CHECK_THAT(main_problems("channels = [\"sms\", \"radio\"]", "channels = [\"email\"]"),
             ContainsSubstring("siaga.toml:29:3: warning: step 1 of policy 'siaga-1' reaches "
                               "nobody"));
}

TEST_CASE("a policy no route names is warned about", "[config]") {
  auto const main = std::string(good_main) +
                    "[[policy]]\nid = \"other\"\nsteps = [ { teams = [\"piket\"], channels = "
                    "[\"sms\"] } ]\n";
  CHECK_THAT(problems_of(main, good_directory),
             ContainsSubstring("warning: policy 'other' is named by no route"));
}
