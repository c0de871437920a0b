#include "gateway/ports/agency_receipt.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/json.hpp"

using namespace siaga;
using namespace siaga::test;
namespace json = boost::json;

namespace {

AgencyReceipt accepted() {
  AgencyReceipt receipt;
  receipt.identifier = "polres-0001";
  receipt.sender = "siaga@polres";
  receipt.alert = AlertId(7);
  receipt.code = "4711";
  receipt.recipients = 12;
  receipt.received_at = half_past_two;
  receipt.decided_at = half_past_two;
  return receipt;
}

std::vector<std::string> const every_key{"identifier", "sender",      "decision",
                                         "alert",      "code",        "recipients",
                                         "reasons",    "received_at", "decided_at"};

}  // namespace

TEST_CASE("a receipt has the contract's keys", "[ports]") {
  auto const object = read(to_json(accepted(), wita));
  CHECK(keys_of(object) == every_key);
  CHECK(object.at("decision") == "accepted");
  CHECK(object.at("alert") == 7);
  CHECK(object.at("code") == "4711");
  CHECK(object.at("received_at") == written);
  CHECK(object.at("decided_at") == written);
}

TEST_CASE("a receipt of what is not decided yet has every key as well", "[ports]") {
  AgencyReceipt held;
  held.decision = Decision::held;
  held.reasons.push_back({"", "policy.storage", "penuh / full"});
  auto const object = read(to_json(held, wita));
  CHECK(keys_of(object) == every_key);
  CHECK(object.at("decision") == "held");
  for (auto const* none : {"alert", "code", "decided_at"}) CHECK(object.at(none).is_null());
  CHECK(object.at("reasons").at(0).at("rule") == "policy.storage");
}

TEST_CASE("a receipt said again is the same but for its decision", "[ports]") {
  auto const first = to_json(accepted(), wita);
  auto const again = said_again(first).value();
  CHECK(again.code == "4711");
  CHECK(again.recipients == 12);
  auto wanted = read(first);
  wanted["decision"] = "duplicate";
  CHECK(again.json == json::serialize(wanted));
  AgencyReceipt noted = accepted();
  noted.code.clear();
  CHECK(said_again(to_json(noted, wita)).value().code.empty());
}

TEST_CASE("what is no receipt is not said again", "[ports]") {
  for (auto const* damaged : {"", "{", "[]", "{}", R"({"code":null})", R"({"recipients":"x"})"})
    CHECK_FALSE(said_again(damaged).has_value());
}

TEST_CASE("a receipt takes one reason more", "[ports]") {
  auto const object =
      read(with_reason(to_json(accepted(), wita), {"", "mqtt.response-topic", "advice"}));
  CHECK(keys_of(object) == every_key);
  CHECK(object.at("reasons").at(0).at("rule") == "mqtt.response-topic");
}

TEST_CASE("what turns letters round or moves a cursor is written out in a receipt", "[ports]") {
  auto receipt = accepted();
  receipt.identifier = "polres\u009B31m\u202E";
  receipt.reasons.push_back({"/a\u202Eb", "cap.key", "a\u009Bb"});
  for (auto const& text :
       {to_json(receipt, wita), said_again(to_json(receipt, wita)).value().json}) {
    for (auto const* raw : {"\u009B", "\u202E"}) CHECK(text.find(raw) == text.npos);
    CHECK(read(text).at("identifier").as_string() == "polres\u009B31m\u202E");
  }
}
