#include "protocols/cap/formats.hpp"

#include <algorithm>

#include "protocols/cap/freshness.hpp"
#include "tests/cap/sample.hpp"
#include "tests/support/catch.hpp"

namespace siaga::cap::test {
namespace {

std::string taker(std::string_view content_type, std::string_view payload) {
  std::string names;
  for (auto const& format : make_formats(Settings{}))
    if (format->takes(content_type, payload)) names += format->name();
  return names;
}

Branch base() {
  return read_sample("../corpus/base.txt");
}

std::string wrapped(std::string const& xml) {
  return R"({"filename":"a.xml","data":")" + as_base64(xml) + R"(","metadata":{"identifier":1}})";
}

}  // namespace

TEST_CASE("the content type says which format reads a message", "[cap]") {
  CHECK(taker("application/cap+xml", "{}") == "cap-xml");
  CHECK(taker("Application/CAP+XML; charset=utf-8", "") == "cap-xml");
  CHECK(taker("application/EmergencyCallData.cap+xml", "") == "cap-xml");
  CHECK(taker("application/json", "<a/>") == "cap-json");
  CHECK(taker(" APPLICATION/JSON ;v=1", R"({"data":"QQ=="})") == "cap-wis2");
}

TEST_CASE("without a content type the first character says it", "[cap]") {
  CHECK(taker("", "  \n<alert/>") == "cap-xml");
  CHECK(taker("", "\xef\xbb\xbf<alert/>") == "cap-xml");
  CHECK(taker("application/octet-stream", as_utf16("<alert/>")) == "cap-xml");
  CHECK(taker("", std::string_view("\0<\0a", 4)) == "cap-xml");
  CHECK(taker("", " {\"identifier\":\"x\"}") == "cap-json");
  CHECK(taker("", "{}") == "cap-json");
  CHECK(taker("", "") == "");
  CHECK(taker("", "halo") == "");
  CHECK(taker("text/plain", "[1]") == "");
}

TEST_CASE("a wrapper has data and no identifier at its top", "[cap]") {
  CHECK(taker("", R"({"data":"QQ==","filename":"identifier"})") == "cap-wis2");
  CHECK(taker("", R"({"x":{"identifier":1},"data":"QQ=="})") == "cap-wis2");
  CHECK(taker("", R"({"x":"\"identifier\":","data" : "QQ=="})") == "cap-wis2");
  CHECK(taker("", R"({"data":"QQ==","identifier":"x"})") == "cap-json");
  CHECK(taker("", R"({"x":{"data":"QQ=="}})") == "cap-json");
  CHECK(taker("", R"({"note":"data"})") == "cap-json");
  CHECK(taker("", R"({"data)") == "cap-json");
}

TEST_CASE("a wrapped message is read as the XML inside it", "[cap]") {
  auto const format = make_wrapper_format(Settings{});
  auto const command = format->decode(wrapped(as_xml(base())));
  REQUIRE(command.has_value());
  CHECK(std::get<RaiseAlert>(*command).alert.identifier == "polres-2026-0001");
}

TEST_CASE("problems inside a wrapper are placed inside it, and name the message", "[cap]") {
  auto root = base();
  at(root, "status").text = "Live";
  auto const format = make_wrapper_format(Settings{});
  auto const command = format->decode(wrapped(as_xml(root)));
  REQUIRE(!command.has_value());
  REQUIRE(command.error().reasons.size() == 1);
  CHECK(command.error().reasons[0].path == "/data#/alert/status (6:1)");
  CHECK(command.error().identifier == "polres-2026-0001");
}

TEST_CASE("a wrapped message is measured without its wrapping", "[cap]") {
  auto root = base();
  at(root, "info/description").text = std::string(250000, 'a');
  auto const format = make_wrapper_format(Settings{});
  CHECK(format->decode(wrapped(as_xml(root))).has_value());
  at(root, "info/description").text = std::string(263000, 'a');
  auto const command = format->decode(wrapped(as_xml(root)));
  REQUIRE(!command.has_value());
  CHECK(command.error().reasons[0].rule == "policy.limit.bytes");
}

TEST_CASE("a refusal carries what could be read of the message's identity", "[cap]") {
  auto root = base();
  at(root, "sent").text = "kemarin";
  auto const command = make_json_format(Settings{})->decode(as_json(root));
  REQUIRE(!command.has_value());
  CHECK(command.error().identifier == "polres-2026-0001");
  CHECK(command.error().sender == "spkt@polres-bontang.example");
  CHECK(command.error().reasons[0].path == "/sent");
}

TEST_CASE("expires may be left out where the settings say so", "[cap]") {
  auto root = base();
  drop(root, "info/expires");
  Settings lenient;
  lenient.expires_required = false;
  CHECK(!make_json_format(Settings{})->decode(as_json(root)).has_value());
  CHECK(make_json_format(lenient)->decode(as_json(root)).has_value());
}

TEST_CASE("a message is fresh from the skew before to the window after it was sent", "[cap]") {
  Alert alert;
  alert.identifier = "a";
  alert.sender = "b";
  alert.sent = {UtcTime{std::chrono::hours(1000)}, "2026-11-23T14:30:00+08:00"};
  Settings const settings;
  auto const rule_at = [&](milliseconds after) -> std::string {
    auto const judged = check_freshness(RaiseAlert{alert}, alert.sent.at + after, settings);
    if (judged) return "";
    CHECK(judged.error().identifier == "a");
    CHECK_THAT(judged.error().reasons[0].text, ContainsSubstring("2026-11-23T14:30:00+08:00"));
    return judged.error().reasons[0].rule;
  };
  CHECK(rule_at(-std::chrono::minutes(10)) == "");
  CHECK(rule_at(-std::chrono::minutes(10) - milliseconds(1)) == "policy.sent.ahead");
  CHECK(rule_at(std::chrono::hours(24)) == "");
  CHECK(rule_at(std::chrono::hours(24) + milliseconds(1)) == "policy.sent.stale");
}

}  // namespace siaga::cap::test
