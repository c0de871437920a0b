// `siaga lint`: what an agency sees before it publishes.
#include <boost/json/parse.hpp>
#include <fstream>

#include "gateway/cli/exits.hpp"
#include "tests/cli/session.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace siaga::cli;
using namespace siaga::cli::test;

namespace {

constexpr char const* good = R"({"identifier":"a-1","sender":"spkt@polres.example",
 "sent":"2026-11-23T14:30:00+08:00","status":"Actual","msgType":"Alert","scope":"Public",
 "info":[{"language":"id","category":["Fire"],"event":"Kebakaran","urgency":"Immediate",
  "severity":"Severe","certainty":"Observed","expires":"2026-11-23T20:30:00+08:00",
  "area":[{"areaDesc":"Kel. Lok Tuan","geocode":[{"valueName":"KEMENDAGRI",
   "value":"64.74.01.1003"}]}]}]})";

constexpr char const* bad = R"(<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
 <identifier>a 1</identifier><sender>spkt@polres.example</sender>
 <sent>2026-11-23T14:30:00Z</sent><status>Actual</status><msgType>Alert</msgType>
 <scope>Public</scope></alert>)";

class Desk {
 public:
  std::string file(std::string const& name, std::string const& text) {
    auto const path = place_.path() + "/" + name;
    std::ofstream(path) << text;
    return path;
  }

 private:
  siaga::test::TempDir place_;
};

}  // namespace

TEST_CASE("a good alert is called good", "[cli]") {
  Desk desk;
  auto const file = desk.file("good.json", good);
  auto const done = session({"lint", file});
  CHECK(done.exit == exit_good);
  CHECK_THAT(done.out, ContainsSubstring(file + ": good\n"));
  CHECK(done.err == "");
}

TEST_CASE("every problem of every file is told, with place, rule and who asks it", "[cli]") {
  Desk desk;
  auto const file = desk.file("bad.xml", bad);
  auto const done = session({"lint", desk.file("good.json", good), file});
  CHECK(done.exit == exit_bad_alert);
  for (auto const* part : {"good.json: good", "/alert/identifier (2:", "cap.identifier.characters",
                           "/alert/sent (3:", "cap.sent.offset", "standard]", "would be refused"}) {
    INFO(part);
    CHECK_THAT(done.out, ContainsSubstring(part));
  }
}

TEST_CASE("lint answers programs in JSON", "[cli]") {
  Desk desk;
  auto const done =
      session({"lint", "--format", "json", desk.file("b.xml", bad), desk.file("g.json", good)});
  CHECK(done.exit == exit_bad_alert);
  auto const rows = boost::json::parse(done.out).as_array();
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].at("verdict") == "refused");
  CHECK(rows[0].at("findings").as_array().size() >= 2);
  for (auto const& finding : rows[0].at("findings").as_array())
    for (auto const* key : {"path", "rule", "origin", "text"})
      CHECK_FALSE(finding.at(key).as_string().empty());
  CHECK(rows[1].at("verdict") == "good");
}

TEST_CASE("a file that is not there is said to be missing", "[cli]") {
  auto const done = session({"lint", "/nowhere/alert.xml"});
  CHECK(done.exit == exit_unknown);
  CHECK_THAT(done.err, ContainsSubstring("/nowhere/alert.xml"));
}
