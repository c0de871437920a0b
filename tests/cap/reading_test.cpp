#include "protocols/cap/reading.hpp"

#include <algorithm>

#include "protocols/cap/formats.hpp"
#include "protocols/cap/lint.hpp"
#include "protocols/cap/reasons.hpp"
#include "tests/cap/sample.hpp"
#include "tests/support/catch.hpp"

namespace siaga::cap::test {
namespace {

Branch base() {
  return read_sample("../corpus/base.txt");
}

Reading read_as(Body body, std::string const& text) {
  return read(text, body, Settings{}, Rigour::refusals);
}

std::vector<std::string> paths(Reading const& reading) {
  std::vector<std::string> found;
  for (auto const& reason : reading.refusals) found.push_back(reason.path);
  return found;
}

}  // namespace

TEST_CASE("an alert read from XML has every value in its place", "[cap]") {
  auto const reading = read_as(Body::xml, as_xml(base()));
  REQUIRE(reading.alert);
  auto const& alert = *reading.alert;
  CHECK(alert.identifier == "polres-2026-0001");
  CHECK(alert.sent.text == "2026-11-23T14:30:00+08:00");
  CHECK(alert.scope == Scope::restricted);
  CHECK(alert.addresses == std::vector<std::string>{"piket@polres.example", "Kabag Ops"});
  CHECK(alert.codes.size() == 2);
  CHECK(alert.note == "catatan & uraian");
  REQUIRE(alert.references.size() == 1);
  CHECK(alert.references[0].identifier == "polres-2026-0000");
  REQUIRE(alert.infos.size() == 2);
  auto const& info = alert.infos[0];
  CHECK(info.categories == std::vector{Category::security, Category::safety});
  CHECK(info.response_types == std::vector{ResponseType::monitor, ResponseType::avoid});
  CHECK(info.urgency == Urgency::immediate);
  CHECK(info.severity == Severity::severe);
  CHECK(info.certainty == Certainty::observed);
  CHECK(info.headline == "Massa menuju <gerbang> pabrik");
  CHECK(info.description == "Sekitar 200 orang – dari \"simpang tiga\".");
  CHECK(info.expires->text == "2026-11-23T20:30:00+08:00");
  REQUIRE(info.parameters.size() == 1);
  CHECK(info.parameters[0].name == "BTG:SIAGA");
  REQUIRE(info.resources.size() == 1);
  CHECK(info.resources[0].size_bytes == 12345);
  CHECK(info.resources[0].deref_uri == "iVBORw0KGgo=");
  REQUIRE(info.areas.size() == 1);
  CHECK(info.areas[0].polygons.size() == 2);
  CHECK(info.areas[0].geocodes[0].value == "64.74.01.1003");
  CHECK(info.areas[0].ceiling == "1000.5");
}

TEST_CASE("the contract's example is accepted as it stands", "[cap]") {
  auto const* text =
      R"({"identifier":"polres-2026-0001","sender":"spkt@polres-bontang.example",
 "sent":"2026-11-23T14:30:00+08:00","status":"Actual","msgType":"Alert",
 "scope":"Restricted","restriction":"petugas piket",
 "info":[{"language":"id","category":["Security"],"event":"Unjuk rasa",
  "responseType":["Monitor"],"urgency":"Immediate","severity":"Severe","certainty":"Observed",
  "expires":"2026-11-23T20:30:00+08:00","senderName":"Polres Bontang",
  "headline":"Massa menuju gerbang pabrik",
  "description":"Sekitar 200 orang bergerak dari simpang tiga.",
  "instruction":"Merapat ke titik kumpul, hindari konfrontasi.",
  "area":[{"areaDesc":"Kel. Lok Tuan",
   "geocode":[{"valueName":"KEMENDAGRI","value":"64.74.01.1003"}]}]}]})";
  CHECK(lint(text, Settings{}).empty());
}

TEST_CASE("places are element paths with line and column in XML, pointers in JSON", "[cap]") {
  auto root = base();
  at(root, "status").text = "Nyata";
  at(root, "info/area/geocode/value").text = "x";
  root.branches.back().branches.push_back({"Headline", "x", {}});
  drop(root, "info/urgency");
  CHECK(paths(read_as(Body::xml, as_xml(root))) ==
        std::vector<std::string>{"/alert/status (6:1)", "/alert/info[1]/urgency (17:1)",
                                 "/alert/info[1]/area[1]/geocode[1] (57:1)",
                                 "/alert/info[2]/Headline (83:1)"});
  CHECK(paths(read_as(Body::json, as_json(root))) ==
        std::vector<std::string>{"/status", "/info/0/urgency", "/info/0/area/0/geocode/0",
                                 "/info/1/Headline"});
}

TEST_CASE("a key with a slash keeps its pointer right", "[cap]") {
  auto const text = replaced(as_json(base()), "\"source\"", "\"so/ur~ce\"");
  CHECK(paths(read_as(Body::json, text)) == std::vector<std::string>{"/so~1ur~0ce"});
}

TEST_CASE("a misspelt name is answered with the one that was meant", "[cap]") {
  auto const text = replaced(as_xml(base()), "msgType>", "msgtype>");
  auto const reading = read_as(Body::xml, text);
  REQUIRE(reading.refusals.size() == 2);
  CHECK_THAT(reading.refusals[0].text, ContainsSubstring("maksudnya msgType?"));
  CHECK_THAT(reading.refusals[0].text, ContainsSubstring("did you mean msgType?"));
  CHECK(reading.refusals[1].rule == "cap.msgType.required");
}

TEST_CASE("an unknown word is answered with all that are known", "[cap]") {
  auto root = base();
  at(root, "status").text = "Live";
  auto const reading = read_as(Body::json, as_json(root));
  REQUIRE(reading.refusals.size() == 1);
  CHECK(reading.refusals[0].text ==
        "status 'Live' tidak dikenal; pilih salah satu: Actual, Exercise, System, Test, Draft / "
        "status 'Live' is not one of: Actual, Exercise, System, Test, Draft");
}

TEST_CASE("values in a reason are short, and cannot forge a line or turn the text", "[cap]") {
  CHECK(shown(std::string(100, 'a')) == std::string(40, 'a') + "...");
  CHECK(shown("a\nb\x7f") == "a?b?");
  CHECK(shown("a\xe2\x80\xae"
              "b\xe2\x81\xa6"
              "c") == "a?b?c");
  CHECK(shown("\xc2\x85") == "?");
  CHECK(shown("caf\xc3\xa9") == "caf\xc3\xa9");
  CHECK(shown("a\xff\xc3") == "a??");
}

TEST_CASE("all problems of a message are told at once, in its order", "[cap]") {
  auto root = base();
  at(root, "sent").text = "kemarin";
  at(root, "scope").text = "Rahasia";
  at(root, "info/area/polygon").text = "0,0 1,1";
  at(root, "info/area/circle").text = "x";
  auto const reading = read_as(Body::xml, as_xml(root));
  std::vector<std::string> rules;
  for (auto const& reason : reading.refusals) rules.push_back(reason.rule);
  CHECK(rules == std::vector<std::string>{"cap.sent.form", "cap.scope.word", "cap.polygon.points",
                                          "cap.circle.form"});
}

TEST_CASE("who sent what is told even when the message cannot be read to its end", "[cap]") {
  auto const xml = as_xml(base());
  auto const json = as_json(base());
  for (auto const& reading : {read_as(Body::xml, xml.substr(0, xml.size() / 2)),
                              read_as(Body::json, json.substr(0, json.size() / 2)),
                              read_as(Body::xml, replaced(xml, "<status>", "<statu>"))}) {
    CHECK(!reading.alert);
    CHECK(reading.identifier == "polres-2026-0001");
    CHECK(reading.sender == "spkt@polres-bontang.example");
  }
}

TEST_CASE("a prefix changes nothing", "[cap]") {
  auto text = replaced(as_xml(base()), "</", "\x01");
  text = replaced(replaced(text, "<", "<c:"), "\x01", "</c:");
  text = replaced(replaced(text, "<c:?xml", "<?xml"), "xmlns=", "xmlns:c=");
  auto const reading = read_as(Body::xml, text);
  REQUIRE(reading.alert);
  CHECK(reading.alert->infos[0].event == "Unjuk rasa");
}

TEST_CASE("UTF-16 and ISO-8859-1 give the same text as UTF-8", "[cap]") {
  auto root = base();
  at(root, "info/description").text = "Menuju café";
  auto const utf8 = as_xml(root);
  for (auto const& text :
       {as_utf16(utf8), as_latin1(replaced(utf8, "UTF-8", "ISO-8859-1")), "\xef\xbb\xbf" + utf8}) {
    auto const reading = read_as(Body::xml, text);
    REQUIRE(reading.alert);
    CHECK(reading.alert->infos[0].description == "Menuju café");
  }
}

TEST_CASE("broken UTF-8 is refused in both forms", "[cap]") {
  auto const xml = read_as(Body::xml, replaced(as_xml(base()), "SPKT", "SP\xc3(KT"));
  REQUIRE(xml.refusals.size() == 1);
  CHECK(xml.refusals[0].rule == "cap.xml.wellformed");
  auto const json = read_as(Body::json, replaced(as_json(base()), "SPKT", "SP\xc3(KT"));
  REQUIRE(json.refusals.size() == 1);
  CHECK(json.refusals[0].rule == "cap.json.syntax");
}

TEST_CASE("nothing may follow the JSON alert", "[cap]") {
  CHECK(read_as(Body::json, as_json(base()) + " \r\n").alert);
  for (auto const* more : {"x", "{}", ",", "\xef\xbb\xbf"}) {
    auto const reading = read_as(Body::json, as_json(base()) + more);
    REQUIRE(reading.refusals.size() == 1);
    CHECK(reading.refusals[0].rule == "cap.json.syntax");
  }
}

TEST_CASE("no reading of a hostile document goes on for long", "[cap]") {
  Settings wide;
  wide.bytes_max = 16 * 1024 * 1024;
  std::string nested;
  for (int i = 0; i < 100000; ++i) nested += "<a>";
  auto const head = std::string("<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">");
  auto const deep = read(head + nested, Body::xml, wide, Rigour::refusals);
  CHECK(deep.refusals.back().rule == "policy.limit.depth");
  auto const arrays =
      read("{\"a\":" + std::string(100000, '['), Body::json, wide, Rigour::refusals);
  CHECK(std::ranges::any_of(arrays.refusals,
                            [](auto const& r) { return r.rule == "policy.limit.depth"; }));
  std::string many;
  for (int i = 0; i < 100000; ++i) many += "<a/>";
  auto const flat = read(head + many + "</alert>", Body::xml, wide, Rigour::refusals);
  CHECK(flat.refusals.size() == 51);
  CHECK(flat.refusals.back().rule == "policy.limit.reasons");
}

TEST_CASE("a prefix of any length of a message neither crashes nor is accepted", "[cap]") {
  auto const xml = as_xml(base());
  auto const json = as_json(base());
  for (std::size_t size = 0; size + 2 < xml.size(); ++size)
    REQUIRE(!read_as(Body::xml, xml.substr(0, size)).alert);
  for (std::size_t size = 0; size < json.size(); ++size)
    REQUIRE(!read_as(Body::json, json.substr(0, size)).alert);
}

TEST_CASE("the message's type and status decide what is asked of the gateway", "[cap]") {
  auto const asked = [](MsgType type, Status status) {
    Alert alert;
    alert.msg_type = type;
    alert.status = status;
    return command_of(std::move(alert)).index();
  };
  CHECK(asked(MsgType::alert, Status::actual) == Command(RaiseAlert{}).index());
  CHECK(asked(MsgType::alert, Status::test) == Command(RaiseAlert{}).index());
  CHECK(asked(MsgType::update, Status::actual) == Command(ReplaceAlert{}).index());
  CHECK(asked(MsgType::cancel, Status::exercise) == Command(CancelAlert{}).index());
  CHECK(asked(MsgType::ack, Status::actual) == Command(NoteMessage{}).index());
  CHECK(asked(MsgType::error, Status::actual) == Command(NoteMessage{}).index());
  CHECK(asked(MsgType::alert, Status::system) == Command(NoteMessage{}).index());
}

}  // namespace siaga::cap::test
