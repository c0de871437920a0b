#include "protocols/mqtt/wire_json.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/json.hpp"

using namespace siaga;
using namespace siaga::test;
using std::chrono::minutes;
namespace json = boost::json;

namespace {

std::string rule_of(std::string const& payload) {
  auto const answer = mqtt::WireJson().agency_answer(payload);
  return answer ? "none" : answer.error().reasons.front().rule;
}

}  // namespace

TEST_CASE("a status has the contract's keys and counts its steps from one", "[mqtt]") {
  AlertStatus status;
  status.identifier = "polres-0001";
  status.planned = 4;
  status.step = 1;
  auto const object = read(mqtt::WireJson().status(status, half_past_two, half_past_two, wita));
  CHECK(keys_of(object) == std::vector<std::string>{"state", "identifier", "planned", "sent",
                                                    "delivered", "failed", "accepted", "declined",
                                                    "step", "next_step_at", "updated_at"});
  CHECK(object.at("state") == "open");
  CHECK(object.at("planned") == 4);
  CHECK(object.at("step") == 2);
  CHECK(object.at("next_step_at") == written);
  auto const last = read(mqtt::WireJson().status(status, std::nullopt, half_past_two, wita));
  CHECK(last.at("next_step_at").is_null());
}

TEST_CASE("the gateway's state names each channel's", "[mqtt]") {
  GatewayState state;
  state.since = half_past_two;
  state.version = "1";
  state.channels[ChannelName("sms")] = LinkState::degraded;
  auto const object = read(mqtt::WireJson().gateway_state(state, wita));
  CHECK(keys_of(object) == std::vector<std::string>{"state", "since", "version", "channels"});
  CHECK(object.at("state") == "online");
  CHECK(object.at("since") == written);
  CHECK(object.at("channels").at("sms") == "degraded");
}

TEST_CASE("a published checkpoint reads back, and what is none does not", "[mqtt]") {
  Checkpoint checkpoint;
  checkpoint.size = 12;
  checkpoint.root = std::string(64, 'a');
  checkpoint.mac = std::string(64, 'b');
  mqtt::WireJson const wire;
  auto const read_back = wire.published_checkpoint(wire.checkpoint(checkpoint, wita));
  REQUIRE(read_back);
  CHECK(read_back->size == 12);
  CHECK(read_back->root == checkpoint.root);
  CHECK(read_back->mac == checkpoint.mac);
  auto const root = std::string(R"("root":")") + checkpoint.root + '"';
  CHECK(wire.published_checkpoint("{\"size\":12," + root + "}")->mac.empty());
  for (auto const& text : {std::string("hello"), std::string("[]"), "{\"size\":0," + root + "}",
                           "{\"size\":\"12\"," + root + "}",
                           std::string(R"({"size":12,"root":"ab"})"), std::string(5000, '[')})
    CHECK_FALSE(wire.published_checkpoint(text));
}

TEST_CASE("a checkpoint says how much it covers, its root and its time", "[mqtt]") {
  Checkpoint checkpoint;
  checkpoint.size = 12;
  checkpoint.root = "ab";
  checkpoint.at = half_past_two;
  auto const object = read(mqtt::WireJson().checkpoint(checkpoint, wita));
  CHECK(keys_of(object) == std::vector<std::string>{"size", "root", "at", "mac"});
  CHECK(object.at("size") == 12);
  CHECK(object.at("at") == written);
}

TEST_CASE("an agency's answer is read by alert number or by code", "[mqtt]") {
  auto const by_alert = mqtt::WireJson().agency_answer(
      R"({"alert":7,"officer":"kabag-ops","answer":"declined","note":"cuti"})");
  REQUIRE(by_alert.has_value());
  CHECK(by_alert->alert == AlertId(7));
  CHECK(by_alert->officer == OfficerId("kabag-ops"));
  CHECK(by_alert->answer == Answer::declined);
  CHECK(by_alert->note == "cuti");
  auto const by_code =
      mqtt::WireJson().agency_answer(R"({"code":"4821","officer":"p1","answer":"accepted"})");
  REQUIRE(by_code.has_value());
  CHECK(by_code->code == "4821");
}

TEST_CASE("an answer that cannot be read says which rule it breaks", "[mqtt]") {
  CHECK(rule_of("[]") == "ack.json");
  CHECK(rule_of("{") == "ack.json");
  CHECK(rule_of(R"({"officer":"p","answer":"accepted"})") == "ack.code");
  CHECK(rule_of(R"({"code":"1","answer":"accepted"})") == "ack.officer");
  CHECK(rule_of(R"({"code":"1","officer":"p","answer":"maybe"})") == "ack.answer");
  CHECK(rule_of(R"({"code":1,"officer":"p","answer":"accepted"})") == "ack.type");
  CHECK(rule_of(R"({"code":"1","officer":"p","answer":"accepted","x":1})") == "ack.key");
  CHECK(rule_of(R"({"alert":0,"officer":"p","answer":"accepted"})") == "ack.alert");
}

TEST_CASE("an answer with a key written twice is refused, inner objects or not", "[mqtt]") {
  CHECK(rule_of(R"({"code":"1","officer":"p","answer":"accepted","answer":"declined"})") ==
        "ack.key");
  CHECK(rule_of(R"({"code":"1","officer":"p","answer":"accepted"})") == "none");
}

TEST_CASE("a long note is cut between characters, never inside one", "[mqtt]") {
  std::string note;
  for (int i = 0; i < 300; ++i) note += "\\u00e9";
  auto const answer = mqtt::WireJson().agency_answer(
      R"({"code":"1","officer":"p","answer":"accepted","note":")" + note + "\"}");
  REQUIRE(answer.has_value());
  CHECK(answer->note.size() <= 500);
  CHECK_NOTHROW(json::serialize(json::string(answer->note)));
  CHECK(answer->note.starts_with("\xc3\xa9\xc3\xa9"));
  CHECK(answer->note.ends_with("\xc3\xa9..."));
}
