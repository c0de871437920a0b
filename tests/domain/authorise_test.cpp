#include "gateway/domain/authorise.hpp"

#include "tests/domain/samples.hpp"
#include "tests/support/catch.hpp"

using namespace siaga;

namespace {

AgencyId const polres("polres");
UtcTime const now = test::utc("2026-11-23T14:31:00+08:00");

Grant grant() {
  Grant may;
  may.agency = polres;
  may.agency_name = "Polres Bontang";
  may.senders = {"spkt@polres-bontang.example"};
  may.scopes = {Scope::restricted, Scope::private_};
  may.severity_max = Severity::severe;
  may.categories = {Category::security, Category::safety};
  may.events = {"unjuk rasa", "Kerusuhan"};
  may.areas = {"64.74"};
  may.statuses = {Status::actual, Status::exercise};
  return may;
}

Grants grants_of(Grant may) {
  Grants grants;
  grants.by_agency.emplace(polres, std::move(may));
  return grants;
}

std::vector<Reason> reasons(Command command, Grant may = grant(), UtcTime at = now) {
  auto const judged = authorise(grants_of(std::move(may)), polres, std::move(command), at);
  return judged ? std::vector<Reason>() : judged.error().reasons;
}

// The one broken rule, "rule path".
std::string broken(Alert alert, Grant may = grant()) {
  std::string all;
  for (auto const& reason : reasons(RaiseAlert{std::move(alert)}, std::move(may)))
    all += (all.empty() ? "" : "; ") + reason.rule + " " + reason.path;
  return all;
}

}  // namespace

TEST_CASE("what the grant allows is authorised for its agency", "[domain]") {
  auto const judged = authorise(grants_of(grant()), polres, RaiseAlert{test::sample_alert()}, now);
  REQUIRE(judged.has_value());
  CHECK(judged->agency() == polres);
  CHECK(alert_of(judged->command()).identifier == "polres-2026-0001");
}

TEST_CASE("an empty grant allows everything", "[domain]") {
  Alert alert = test::sample_alert();
  alert.sender = "anyone";
  alert.infos[0].areas.clear();
  CHECK(broken(alert, Grant{}).empty());
}

TEST_CASE("an agency nobody registered is refused", "[domain]") {
  auto const judged = authorise(Grants{}, polres, RaiseAlert{test::sample_alert()}, now);
  REQUIRE_FALSE(judged.has_value());
  REQUIRE(judged.error().reasons.size() == 1);
  CHECK(judged.error().reasons[0].rule == "authority.agency");
  CHECK(judged.error().identifier == "polres-2026-0001");
  CHECK(judged.error().sender == "spkt@polres-bontang.example");
}

TEST_CASE("each thing beyond the grant is refused where it stands", "[domain]") {
  Alert alert = test::sample_alert();
  SECTION("sender") {
    alert.sender = "orang@lain.example";
    CHECK(broken(alert) == "authority.sender /sender");
  }
  SECTION("scope") {
    alert.scope = Scope::public_;
    CHECK(broken(alert) == "authority.scope /scope");
  }
  SECTION("status") {
    alert.status = Status::test;
    CHECK(broken(alert) == "authority.status /status");
  }
  SECTION("severity, in the second block") {
    alert.infos.push_back(test::unrest());
    alert.infos[1].severity = Severity::extreme;
    CHECK(broken(alert) == "authority.severity /info/1/severity");
  }
  SECTION("category") {
    alert.infos[0].categories.push_back(Category::met);
    CHECK(broken(alert) == "authority.category /info/0/category/1");
  }
  SECTION("event") {
    alert.infos[0].event = "Banjir";
    CHECK(broken(alert) == "authority.event /info/0/event");
  }
}

TEST_CASE("an unknown severity is not more than the grant allows", "[domain]") {
  Alert alert = test::sample_alert();
  alert.infos[0].severity = Severity::unknown;
  CHECK(broken(alert).empty());
}

TEST_CASE("an area outside the grant or wider than it is refused", "[domain]") {
  Alert alert = test::sample_alert();
  auto const outside = GENERATE("64.72.01.1001", "64", "64.75");
  alert.infos[0].areas.push_back(test::area_of("lain", outside));
  CHECK(broken(alert) == "authority.area /info/0/area/1/geocode/0/value");
}

TEST_CASE("a code that is no Kemendagri code is refused, not ignored", "[domain]") {
  Alert alert = test::sample_alert();
  auto const wrong =
      GENERATE("6474011003", "64.74.", "64.74.1", "64-74", "Bontang", "64.74.01.100");
  alert.infos[0].areas[0].geocodes[0].value = wrong;
  CHECK(broken(alert) == "authority.area-unknown /info/0/area/0/geocode/0/value");
}

TEST_CASE("an agency limited to areas must name one", "[domain]") {
  Alert alert = test::sample_alert();
  alert.infos[0].areas[0].geocodes[0].name = "EMMA_ID";
  CHECK(broken(alert) == "authority.area-unknown /info/0/area/0");
  CHECK(reasons(CancelAlert{alert}).empty());
  alert.infos.clear();
  CHECK(broken(alert) == "authority.area-unknown /info");
}

TEST_CASE("what has expired is refused, but its cancellation is not", "[domain]") {
  auto const alert = test::sample_alert();
  auto const end = test::utc("2026-11-23T20:30:00+08:00");
  CHECK(reasons(RaiseAlert{alert}, grant(), end - milliseconds(1)).empty());
  for (auto const& command : {Command(RaiseAlert{alert}), Command(ReplaceAlert{alert})}) {
    auto const why = reasons(command, grant(), end);
    REQUIRE(why.size() == 1);
    CHECK(why[0].rule == "policy.expired");
    CHECK(why[0].path == "/info/0/expires");
    CHECK_THAT(why[0].text, ContainsSubstring("'2026-11-23T20:30:00+08:00'"));
    CHECK_THAT(why[0].text, ContainsSubstring("after 2026-11-23T20:30:00+08:00"));
  }
  CHECK(reasons(CancelAlert{alert}, grant(), end).empty());
  CHECK(reasons(NoteMessage{alert}, grant(), end).empty());
}

TEST_CASE("an alert lives as long as its last block", "[domain]") {
  auto alert = test::sample_alert();
  alert.infos.push_back(test::unrest());
  alert.infos[1].expires = test::cap_time("2026-11-23T21:30:00+08:00");
  auto const between = test::utc("2026-11-23T21:00:00+08:00");
  CHECK(reasons(RaiseAlert{alert}, grant(), between).empty());
  auto const why = reasons(RaiseAlert{alert}, grant(), between + std::chrono::hours(1));
  REQUIRE(why.size() == 1);
  CHECK(why[0].path == "/info/1/expires");
}

TEST_CASE("a draft is never sent, whatever the grant", "[domain]") {
  Alert alert = test::sample_alert();
  alert.status = Status::draft;
  CHECK(broken(alert, Grant{}) == "policy.draft /status");
}

TEST_CASE("all problems are named at once", "[domain]") {
  Alert alert = test::sample_alert();
  alert.sender = "x";
  alert.scope = Scope::public_;
  alert.infos[0].severity = Severity::extreme;
  alert.infos[0].areas[0].geocodes[0].value = "64.72";
  auto const why = reasons(RaiseAlert{alert}, grant(), now + std::chrono::hours(24));
  CHECK(why.size() == 5);
}

TEST_CASE("a reason says in both languages which value is wrong and what would be right",
          "[domain]") {
  Alert alert = test::sample_alert();
  alert.scope = Scope::public_;
  auto const why = reasons(RaiseAlert{alert});
  REQUIRE(why.size() == 1);
  CHECK(why[0].text ==
        "scope 'Public' di luar wewenang Polres Bontang; yang boleh: Restricted, Private / "
        "scope 'Public' is beyond what Polres Bontang may use; allowed: Restricted, Private");
}

TEST_CASE("a reason quotes no more than a line of what was sent", "[domain]") {
  Alert alert = test::sample_alert();
  alert.sender = "a\r\nb" + std::string(10'000, 'x');
  auto const why = reasons(RaiseAlert{alert});
  REQUIRE(why.size() == 1);
  CHECK(why[0].text.size() < 400);
  CHECK(why[0].text.find('\n') == std::string::npos);
}
