#include "tests/scenarios/stage.hpp"
#include "tests/support/catch.hpp"

namespace siaga::test {
using std::chrono::seconds;

namespace {

// polres may send two at once and then one a second; bpbd as it likes.
void two_agencies(Stage& stage) {
  two_steps(stage);
  stage.agency("bpbd");
  stage.setting().grants.by_agency[AgencyId("polres")].allowance = {1, 2};
}

AlertText numbered(int number, std::string severity = "Severe") {
  AlertText alert;
  alert.identifier = "polres-" + std::to_string(number);
  alert.severity = std::move(severity);
  alert.urgency = "Expected";
  alert.event = "Uji " + std::to_string(number);
  return alert;
}

AlertText of_bpbd() {
  AlertText alert;
  alert.identifier = "bpbd-1";
  alert.sender = "pusdalops@bpbd-bontang.example";
  alert.event = "Banjir rob";
  return alert;
}

std::size_t told_of(Stage const& stage, std::string const& event) {
  std::size_t count = 0;
  for (auto const& message : stage.sms.begun)
    if (message.event == event && message.address == piket) ++count;
  return count;
}

}  // namespace

TEST_CASE("one agency's storm waits and another's alert goes through", "[scenario]") {
  Stage stage;
  two_agencies(stage);
  stage.open();
  for (int i = 1; i <= 20; ++i) stage.publish(numbered(i).text());
  stage.publish(of_bpbd().text(), "bpbd");
  CHECK(told_of(stage, "Banjir rob") == 1);
  CHECK(stage.sms.to(piket) == 3);
  CHECK(stage.legs->intake().held() == 18);
  auto const receipt = stage.feed.last("siaga/receipt/polres");
  CHECK(receipt.find(R"("decision":"held")") != std::string::npos);
  CHECK(receipt.find("policy.rate") != std::string::npos);
}

TEST_CASE("what waits is never dropped and goes on by priority", "[scenario]") {
  Stage stage;
  two_agencies(stage);
  stage.open();
  for (int i = 1; i <= 4; ++i) stage.publish(numbered(i, "Moderate").text());
  stage.publish(numbered(5, "Extreme").text());
  stage.advance(seconds(1));
  CHECK(told_of(stage, "Uji 5") == 1);
  CHECK(told_of(stage, "Uji 3") == 0);
  stage.advance(seconds(1));
  stage.advance(seconds(1));
  for (int i = 1; i <= 5; ++i) CHECK(told_of(stage, "Uji " + std::to_string(i)) == 1);
  CHECK(rows(stage.log(), "accepted") == 5);
}

TEST_CASE("what waits at a crash is decided after the restart", "[scenario]") {
  Stage stage;
  two_agencies(stage);
  stage.open();
  for (int i = 1; i <= 4; ++i) stage.publish(numbered(i).text());
  CHECK(stage.sms.to(piket) == 2);
  stage.close();
  stage.open();
  stage.settle();
  for (int i = 1; i <= 4; ++i) CHECK(told_of(stage, "Uji " + std::to_string(i)) >= 1);
}

TEST_CASE("a signature does not run out while we hold its message", "[scenario]") {
  Stage stage;
  two_agencies(stage);
  auto const signed_until = stage.clock.utc_now() + seconds(1);
  stage.authentic = [signed_until](Signers const&, RawMessage const&, UtcTime at) {
    if (at < signed_until) return Judged<Proof>(Proof());
    return Judged<Proof>(Rejection(Reason{"", "signature.expired", "habis / over"}));
  };
  stage.open();
  for (int i = 1; i <= 3; ++i) stage.publish(numbered(i).text());
  stage.advance(seconds(5));
  CHECK(told_of(stage, "Uji 3") == 1);
}

TEST_CASE("an alert for too many people is held, and sent when the limit is raised", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.setting().grants.by_agency[AgencyId("polres")].recipients_max = 1;
  stage.open();
  stage.publish(AlertText().text());
  CHECK(stage.sms.begun.empty());
  auto const receipt = stage.feed.last("siaga/receipt/polres");
  CHECK(receipt.find(R"("decision":"held")") != std::string::npos);
  CHECK(receipt.find("policy.recipients-max") != std::string::npos);
  stage.reconsider();
  CHECK(stage.sms.begun.empty());
  CHECK(rows(stage.log(), "held") == 1);  // said once
  stage.setting().grants.by_agency[AgencyId("polres")].recipients_max = 2;
  stage.reconsider();
  CHECK(stage.sms.to(piket) == 1);
  CHECK(stage.feed.last("siaga/receipt/polres").find(R"("decision":"accepted")") !=
        std::string::npos);
}

TEST_CASE("when a thousand of an agency's alerts are held for its limit, the next is refused",
          "[scenario]") {
  Stage stage;
  two_steps(stage);
  auto& grant = stage.setting().grants.by_agency[AgencyId("polres")];
  grant.recipients_max = 1;
  grant.allowance = {10'000, 10'000};
  stage.open();
  for (int i = 1; i <= 1000; ++i) stage.publish(numbered(i).text());
  CHECK(stage.legs->intake().held() == 1000);
  stage.publish(numbered(1001).text());
  CHECK(stage.feed.last("siaga/receipt/polres").find(R"("decision":"rejected")") !=
        std::string::npos);
  CHECK(stage.legs->intake().held() == 1000);
  CHECK(stage.legs->intake().rejected() == 1);
}

}  // namespace siaga::test
