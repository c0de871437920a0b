#include "gateway/domain/alert.hpp"

#include "tests/domain/samples.hpp"
#include "tests/support/catch.hpp"

using namespace siaga;

namespace {

Alert in_languages(std::vector<std::string> const& languages) {
  Alert alert = test::sample_alert();
  alert.infos.clear();
  for (auto const& language : languages) {
    Info info = test::unrest();
    info.language = language;
    info.headline = "in " + language;
    alert.infos.push_back(info);
  }
  return alert;
}

Priority priority(Severity severity, Urgency urgency, Status status = Status::actual) {
  Alert alert = test::sample_alert();
  alert.status = status;
  alert.infos[0].severity = severity;
  alert.infos[0].urgency = urgency;
  return priority_of(alert);
}

}  // namespace

TEST_CASE("a reader gets the exact language, else its primary subtag, else the first", "[domain]") {
  CHECK(info_for(in_languages({"en", "id"}), "id")->headline == "in id");
  CHECK(info_for(in_languages({"en", "id-ID"}), "id")->headline == "in id-ID");
  CHECK(info_for(in_languages({"en-GB", "en-US"}), "en-us")->headline == "in en-US");
  CHECK(info_for(in_languages({"ban", "jv"}), "id")->headline == "in ban");
  CHECK(info_for(in_languages({"id", ""}), "en")->headline == "in ");
  CHECK(info_for(in_languages({}), "id") == nullptr);
}

TEST_CASE("the most pressing block speaks for the alert", "[domain]") {
  Alert alert = in_languages({"id", "en"});
  alert.infos[0].severity = Severity::unknown;
  alert.infos[1].severity = Severity::minor;
  alert.infos[0].urgency = Urgency::future;
  alert.infos[1].urgency = Urgency::past;
  alert.infos[0].certainty = Certainty::unknown;
  alert.infos[1].certainty = Certainty::unknown;
  CHECK(severity_of(alert) == Severity::minor);
  CHECK(urgency_of(alert) == Urgency::future);
  CHECK(certainty_of(alert) == Certainty::unknown);
  CHECK(severity_of(in_languages({})) == Severity::unknown);
}

TEST_CASE("an alert expires with its last block, and never while a block has no end", "[domain]") {
  Alert alert = in_languages({"id", "en"});
  alert.infos[1].expires = test::cap_time("2026-11-24T08:00:00+08:00");
  CHECK(expires_of(alert) == test::utc("2026-11-24T00:00:00Z"));
  alert.infos[0].expires.reset();
  CHECK(expires_of(alert) == std::nullopt);
  CHECK(expires_of(in_languages({})) == std::nullopt);
}

TEST_CASE("area codes are those of the ministry, in order and once", "[domain]") {
  Alert alert = in_languages({"id", "en"});
  alert.infos[0].areas = {test::area_of("a", "64.74.02"), test::area_of("b", "64.74.01")};
  alert.infos[0].areas[0].geocodes.push_back({"EMMA_ID", "ID001"});
  alert.infos[1].areas = {test::area_of("c", "64.74.01")};
  alert.infos[1].areas[0].geocodes.push_back({"Kemendagri", "64.74.03"});
  CHECK(area_codes_of(alert) == std::vector<std::string>{"64.74.02", "64.74.01", "64.74.03"});
}

TEST_CASE("life goes first: extreme, or severe and immediate", "[domain]") {
  CHECK(priority(Severity::extreme, Urgency::future) == Priority::life);
  CHECK(priority(Severity::severe, Urgency::immediate) == Priority::life);
  CHECK(priority(Severity::severe, Urgency::expected) == Priority::urgent);
  CHECK(priority(Severity::minor, Urgency::immediate) == Priority::urgent);
  CHECK(priority(Severity::moderate, Urgency::expected) == Priority::normal);
  CHECK(priority(Severity::minor, Urgency::expected) == Priority::low);
  CHECK(priority(Severity::unknown, Urgency::unknown) == Priority::low);
}

TEST_CASE("severe in one block and immediate in another is not life", "[domain]") {
  Alert alert = in_languages({"id", "id"});
  alert.infos[0].urgency = Urgency::future;
  alert.infos[1].severity = Severity::minor;
  CHECK(priority_of(alert) == Priority::urgent);
}

TEST_CASE("no exercise goes before the real thing", "[domain]") {
  CHECK(priority(Severity::extreme, Urgency::immediate, Status::exercise) == Priority::normal);
  CHECK(priority(Severity::extreme, Urgency::immediate, Status::test) == Priority::normal);
  CHECK(priority(Severity::minor, Urgency::future, Status::exercise) == Priority::low);
}
