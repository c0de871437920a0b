#include "protocols/cap/writer.hpp"

#include "protocols/cap/lint.hpp"
#include "protocols/cap/reading.hpp"
#include "tests/cap/sample.hpp"
#include "tests/support/catch.hpp"

namespace siaga::cap::test {
namespace {

Alert read_back(Body body, std::string const& text) {
  auto reading = read(text, body, Settings{}, Rigour::refusals);
  INFO(text);
  REQUIRE(reading.alert);
  return std::move(*reading.alert);
}

}  // namespace

TEST_CASE("XML to JSON and back loses nothing", "[cap]") {
  auto const root = read_sample("../corpus/base.txt");
  auto const from_xml = read_back(Body::xml, as_xml(root));
  auto const from_json = read_back(Body::json, as_json(root));
  CHECK(to_xml(from_xml) == as_xml(root));
  CHECK(to_xml(from_json) == as_xml(root));
  CHECK(to_json(from_xml) == replaced(as_json(root), "\"12345\"", "12345"));
  CHECK(to_json(read_back(Body::json, to_json(from_xml))) == to_json(from_xml));
  CHECK(to_xml(read_back(Body::xml, to_xml(from_json))) == as_xml(root));
}

TEST_CASE("what is hard to write comes back as it was", "[cap]") {
  auto alert = read_back(Body::xml, as_xml(read_sample("../corpus/base.txt")));
  alert.infos[0].description =
      "  baris satu\r\nbaris \"dua\" \\ <b>&amp;</b> ]]> \xf0\x9f\x9a\xa8\t ";
  for (auto const& again :
       {read_back(Body::xml, to_xml(alert)), read_back(Body::json, to_json(alert))})
    CHECK(again.infos[0].description == alert.infos[0].description);
}

TEST_CASE("an alert with the least there may be is written without empty elements", "[cap]") {
  Alert alert;
  alert.identifier = "a";
  alert.sender = "b";
  alert.sent.at = UtcTime{std::chrono::seconds(1795415400)};
  alert.status = Status::system;
  CHECK(to_json(alert) == R"({"identifier":"a","sender":"b","sent":"2026-11-23T06:30:00-00:00",)"
                          R"("status":"System","msgType":"Alert","scope":"Public"})");
  CHECK(lint(to_xml(alert), Settings{}).empty());
}

}  // namespace siaga::cap::test
