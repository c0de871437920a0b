#include "gateway/journal/state/alert_codec.hpp"
#include "gateway/journal/changes/recipient_codec.hpp"
#include "tests/journal/desk.hpp"

namespace siaga::journal {
namespace {

using test::Desk;

Alert full_alert() {
  auto alert = Desk().alert("full-1");
  alert.status = Status::exercise;
  alert.source = "operator 2";
  alert.addresses = {"pmi", "bpbd"};
  alert.codes = {"IPAWS"};
  alert.note = "catatan \"dalam kutip\"";
  alert.references = {{"a@b", "old-1", alert.sent}};
  alert.incidents = {"insiden satu"};
  auto& info = alert.infos.front();
  info.response_types = {ResponseType::avoid, ResponseType::all_clear};
  info.urgency = Urgency::past;
  info.certainty = Certainty::unlikely;
  info.audience = "petugas";
  info.event_codes = {{"SAME", "CDW"}};
  info.effective = info.onset = alert.sent;
  info.sender_name = "Polres Bontang";
  info.description = "baris satu\nbaris dua \xc3\xa9";
  info.instruction = "Merapat.";
  info.web = "https://example.id/x";
  info.contact = "+62 548 1";
  info.parameters = {{"k", "v"}};
  info.resources = {{"peta", "image/png", 1234, "peta.png", "", "aa"}};
  info.areas.front().polygons = {"0,117 0,118 1,118 0,117"};
  info.areas.front().circles = {"0.1,117.5 3"};
  info.areas.front().altitude = "10";
  info.areas.front().ceiling = "20";
  alert.infos.push_back(info);
  return alert;
}

TEST_CASE("an alert comes back from the store as it went in", "[journal]") {
  auto const alert = full_alert();
  auto const text = encode(alert);
  auto const back = decode_alert(text);
  REQUIRE(back);
  CHECK(encode(*back) == text);
  CHECK(back->identifier == "full-1");
  CHECK(back->status == Status::exercise);
  CHECK(back->references.front().sent.at == alert.sent.at);
  REQUIRE(back->infos.size() == 2);
  auto const& info = back->infos.front();
  CHECK(info.description == "baris satu\nbaris dua \xc3\xa9");
  CHECK(info.onset->text == alert.sent.text);
  CHECK(info.resources.front().size_bytes == 1234);
  CHECK(info.areas.front().geocodes.front().value == "64.74.01.1003");
  CHECK(info.response_types.back() == ResponseType::all_clear);
  CHECK(info.urgency == Urgency::past);
}

TEST_CASE("what an alert does not say stays unsaid in the store", "[journal]") {
  Alert alert;
  alert.identifier = "bare";
  auto const back = decode_alert(encode(alert));
  REQUIRE(back);
  CHECK(back->infos.empty());
  CHECK(back->scope == Scope::public_);
  CHECK(encode(alert).find("restriction") == std::string::npos);
}

TEST_CASE("a policy comes back from the store as it was frozen", "[journal]") {
  auto policy = test::policy(2);
  policy.repeat = 3;
  policy.tell_when_handled = false;
  auto const back = decode_policy(encode(policy));
  REQUIRE(back);
  CHECK(back->id == policy.id);
  CHECK(back->acks_needed == 2);
  CHECK(back->repeat == 3);
  CHECK_FALSE(back->tell_when_handled);
  REQUIRE(back->steps.size() == 2);
  CHECK(back->steps[1].after == std::chrono::minutes(5));
  CHECK(back->steps[1].channels == std::vector{test::sms, test::email});
}

TEST_CASE("stored JSON of another shape is corruption, not a crash", "[journal]") {
  CHECK(decode_alert("{").error().is(Errc::storage_corrupt));
  CHECK(decode_alert("[]").error().is(Errc::storage_corrupt));
  CHECK(decode_alert(R"({"identifier":7})").error().is(Errc::storage_corrupt));
  CHECK(decode_alert(R"({"status":"Perhaps"})").error().is(Errc::storage_corrupt));
  CHECK(decode_policy(R"({"steps":{}})").error().is(Errc::storage_corrupt));
}

TEST_CASE("recipients come back from their bytes, and cut bytes are corruption", "[journal]") {
  auto const all = test::recipients(1, 3);
  auto const bytes = encode(all);
  auto const back = decode_recipients(bytes, test::sms);
  REQUIRE(back);
  REQUIRE(back->size() == 3);
  CHECK((*back)[2].officer == all[2].officer);
  CHECK((*back)[2].address == all[2].address);
  for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
    auto const part = decode_recipients(std::string_view(bytes).substr(0, cut), test::sms);
    CHECK((part.has_error() || part->size() < 3));
  }
}

}  // namespace
}  // namespace siaga::journal
