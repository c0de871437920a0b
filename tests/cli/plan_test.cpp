// `siaga plan` on the Bontang profile.
#include <fstream>

#include "gateway/cli/exits.hpp"
#include "gateway/views/table.hpp"
#include "tests/cli/session.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace siaga::cli;
using namespace siaga::cli::test;

namespace {

constexpr char const* crowd = R"({
 "identifier":"polres-2026-0001","sender":"spkt@polres-bontang.example",
 "sent":"2026-11-23T14:30:00+08:00","status":"Actual","msgType":"Alert","scope":"Restricted",
 "restriction":"petugas piket",
 "info":[{"language":"id","category":["Security"],"event":"Unjuk rasa","responseType":["Monitor"],
  "urgency":"Immediate","severity":"Severe","certainty":"Observed",
  "expires":"2026-11-23T20:30:00+08:00","senderName":"Polres Bontang",
  "headline":"Massa menuju gerbang pabrik",
  "description":"Sekitar 200 orang bergerak dari simpang tiga.",
  "instruction":"Merapat ke titik kumpul, hindari konfrontasi.",
  "area":[{"areaDesc":"Kel. Lok Tuan","geocode":[{"valueName":"KEMENDAGRI",
   "value":"64.74.01.1003"}]}]}]})";

std::string with(std::string text, std::string const& old, std::string const& fresh) {
  auto const at = text.find(old);
  if (at == text.npos) throw std::logic_error("the text to replace is not there: " + old);
  return text.replace(at, old.size(), fresh);
}

Session planned(std::string const& alert, std::vector<std::string> const& more = {}) {
  siaga::test::TempDir place;
  auto const file = place.path() + "/alert.json";
  std::ofstream(file) << alert;
  std::vector<std::string> arguments = {"plan", "--config", source("config/bontang/siaga.toml"),
                                        file};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return session(arguments);
}

}  // namespace

TEST_CASE("a plan shows who, by which path, in which words, at which step, by which rule",
          "[cli]") {
  auto const done = planned(crowd);
  INFO(done.err);
  REQUIRE(done.exit == exit_good);
  for (auto const* part :
       {"route 3 -> policy siaga-1", "Step 1, at once: 4 messages", "by sms to",
        "polres-piket (Perwira Piket SPKT) at +6281100000001", "by radio to", "all who listen",
        "Step 2, after 5m", "by email to", "polres-kabag-ops (Kabag Ops)", "Lok Tuan", "0000",
        "Step 3, after 15m"}) {
    INFO(part);
    CHECK_THAT(done.out, ContainsSubstring(part));
  }
  CHECK(done.err == "");
}

TEST_CASE("an exercise begins with LATIHAN on every path", "[cli]") {
  auto const done = planned(with(crowd, "\"Actual\"", "\"Exercise\""));
  REQUIRE(done.exit == exit_good);
  std::istringstream lines(done.out);
  std::size_t texts = 0;
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    bool const quoted = line.starts_with("      |");  // empty lines too
    if (quoted && !inside) {
      ++texts;
      INFO(line);
      CHECK_THAT(line, ContainsSubstring("LATIHAN") || ContainsSubstring("Latihan"));
    }
    inside = quoted;
  }
  CHECK(texts >= 4);
}

TEST_CASE("a test reaches only the team of tests", "[cli]") {
  auto const done = planned(with(crowd, "\"Actual\"", "\"Test\""));
  REQUIRE(done.exit == exit_good);
  CHECK_THAT(done.out, ContainsSubstring("policy uji-coba"));
  CHECK_THAT(done.out, !ContainsSubstring("polres-piket"));
}

TEST_CASE("an invalid alert ends with 65 and every reason", "[cli]") {
  auto alert = with(crowd, "\"severity\":\"Severe\"", "\"severity\":\"Bad\"");
  alert = with(alert, "\"msgType\":\"Alert\"", "\"msgType\":\"Alarm\"");
  auto const done = planned(alert);
  CHECK(done.exit == exit_bad_alert);
  CHECK_THAT(done.out, ContainsSubstring("/info/0/severity"));
  CHECK_THAT(done.out, ContainsSubstring("/msgType"));
  CHECK(planned("neither").exit == exit_bad_alert);
}

TEST_CASE("an alert beyond the agency's grant ends with 65", "[cli]") {
  auto const alert = with(crowd, "\"scope\":\"Restricted\"", "\"scope\":\"Public\"");
  auto const done = planned(with(alert, "\n \"restriction\":\"petugas piket\",", ""));
  CHECK(done.exit == exit_bad_alert);
  CHECK_THAT(done.out, ContainsSubstring("[authority.scope]"));
}

TEST_CASE("the plan is made as of the time asked for", "[cli]") {
  CHECK(planned(crowd, {"--at", "2026-11-23 15:00"}).exit == exit_good);
  CHECK(planned(crowd, {"--at", "2026-11-23 21:00"}).exit == exit_bad_alert);
  CHECK(planned(crowd, {"--at", "soon"}).exit == exit_usage);
}

TEST_CASE("the agency is the one named or the sender's own", "[cli]") {
  auto const stranger = with(crowd, "spkt@polres-bontang.example", "warga@example.org");
  auto const done = planned(stranger);
  CHECK(done.exit == exit_usage);
  CHECK_THAT(done.err, ContainsSubstring("--agency"));
  CHECK(planned(stranger, {"--agency", "polres"}).exit == exit_bad_alert);
  CHECK(planned(crowd, {"--agency", "polers"}).exit == exit_usage);
}

TEST_CASE("an alert file that is not there ends with 66", "[cli]") {
  auto const done =
      session({"plan", "--config", source("config/bontang/siaga.toml"), "/nowhere/alert.json"});
  CHECK(done.exit == exit_unknown);
  CHECK_THAT(done.err, ContainsSubstring("/nowhere/alert.json"));
}
