#include "gateway/domain/routing.hpp"

#include "tests/domain/samples.hpp"
#include "tests/support/catch.hpp"

using namespace siaga;

namespace {

AgencyId const polres("polres");

bool matched(Matcher const& matcher, Alert const& alert = test::sample_alert()) {
  return matches(matcher, polres, alert);
}

}  // namespace

TEST_CASE("an empty matcher takes every alert", "[domain]") {
  CHECK(matched(Matcher{}));
  Alert bare;
  CHECK(matched(Matcher{}, bare));
}

TEST_CASE("each criterion takes its own and refuses others", "[domain]") {
  Matcher yes;
  Matcher no;
  SECTION("agency") {
    yes.agency = {AgencyId("bpbd"), polres};
    no.agency = {AgencyId("bpbd")};
  }
  SECTION("category") {
    yes.category = {Category::met, Category::security};
    no.category = {Category::met};
  }
  SECTION("event, whole and in any case") {
    yes.event = {"UNJUK RASA"};
    no.event = {"Unjuk"};
  }
  SECTION("severity") {
    yes.severity_min = Severity::severe;
    no.severity_min = Severity::extreme;
  }
  SECTION("urgency") {
    yes.urgency_min = Urgency::expected;
    no.urgency_min = Urgency::immediate;
  }
  SECTION("certainty") {
    yes.certainty_min = Certainty::likely;
    no.certainty_min = Certainty::observed;
  }
  SECTION("area, wider or narrower") {
    yes.area = {"64.74"};
    no.area = {"64.72", "64.74.02"};
  }
  SECTION("scope") {
    yes.scope = {Scope::restricted};
    no.scope = {Scope::public_, Scope::private_};
  }
  SECTION("status") {
    yes.status = {Status::actual, Status::exercise};
    no.status = {Status::test};
  }
  Alert alert = test::sample_alert();
  alert.infos[0].urgency = Urgency::expected;
  alert.infos[0].certainty = Certainty::likely;
  CHECK(matched(yes, alert));
  CHECK_FALSE(matched(no, alert));
}

TEST_CASE("all criteria must hold together", "[domain]") {
  Matcher matcher;
  matcher.agency = {polres};
  matcher.category = {Category::security};
  matcher.severity_min = Severity::severe;
  CHECK(matched(matcher));
  matcher.scope = {Scope::public_};
  CHECK_FALSE(matched(matcher));
}

TEST_CASE("unknown never satisfies a minimum", "[domain]") {
  Alert alert = test::sample_alert();
  alert.infos[0].severity = Severity::unknown;
  alert.infos[0].urgency = Urgency::unknown;
  alert.infos[0].certainty = Certainty::unknown;
  Matcher matcher;
  SECTION("severity") {
    matcher.severity_min = Severity::unknown;
  }
  SECTION("urgency") {
    matcher.urgency_min = Urgency::past;
  }
  SECTION("certainty") {
    matcher.certainty_min = Certainty::unlikely;
  }
  CHECK_FALSE(matched(matcher, alert));
  CHECK(matched(Matcher{}, alert));
}

TEST_CASE("an alert for a whole city meets a route for its district", "[domain]") {
  Alert alert = test::sample_alert();
  alert.infos[0].areas = {test::area_of("Kota Bontang", "64.74")};
  Matcher matcher;
  matcher.area = {"64.74.01"};
  CHECK(matched(matcher, alert));
  alert.infos[0].areas.clear();
  CHECK_FALSE(matched(matcher, alert));
}

TEST_CASE("policies are found by id", "[domain]") {
  Routing routing;
  routing.policies.resize(2);
  routing.policies[1].id = PolicyId("siaga-1");
  CHECK(routing.policy(PolicyId("siaga-1")) == &routing.policies[1]);
  CHECK(routing.policy(PolicyId("siaga-9")) == nullptr);
}
