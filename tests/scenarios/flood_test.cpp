#include "tests/scenarios/stage.hpp"
#include "tests/support/catch.hpp"

// Answers have an allowance: none is dropped, and no agency waits behind another's.
namespace siaga::test {
using namespace std::chrono_literals;

namespace {

std::string answer_of(std::string const& officer) {
  return R"({"alert":1,"officer":")" + officer + R"(","answer":"accepted"})";
}

// Two answers at once, then one a second.
void with_allowance(Stage& stage) {
  two_steps(stage);
  stage.agency("damkar");
  stage.officer("pemadam", "+6281200000009", "", "damkar");
  for (auto& [id, grant] : stage.setting().grants.by_agency) grant.answers = {1, 2};
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
}

std::size_t rejected(Stage& stage) {
  return rows(stage.log(), "rejected");
}

std::size_t receipts(Stage const& stage, std::string const& topic, std::string const& word) {
  return static_cast<std::size_t>(
      std::ranges::count_if(stage.feed.said, [&](OutgoingMessage const& message) {
        return message.topic == topic && message.payload.find(word) != std::string::npos;
      }));
}

}  // namespace

TEST_CASE("answers beyond an agency's allowance wait and none is dropped", "[scenario]") {
  Stage stage;
  with_allowance(stage);
  for (int i = 0; i < 6; ++i)
    stage.publish(answer_of("orang-" + std::to_string(i)), "polres", "siaga/ack/");
  CHECK(rejected(stage) == 1);  // the second waits for its turn to be told of
  CHECK(stage.legs->intake().answers_waiting() == 4);
  for (std::size_t s = 1; s <= 4; ++s) {
    stage.advance(1s);
    CHECK(rejected(stage) >= 1 + s);
  }
  CHECK(stage.legs->intake().answers_waiting() == 0);
  stage.advance(1s);
  CHECK(rejected(stage) == 6);
}

TEST_CASE("an agency's flood of answers holds up neither another's answer nor anybody's alert",
          "[scenario]") {
  Stage stage;
  with_allowance(stage);
  for (int i = 0; i < 300; ++i)
    stage.publish(answer_of("orang-" + std::to_string(i)), "polres", "siaga/ack/");
  stage.publish(answer_of("siapa"), "damkar", "siaga/ack/");
  CHECK(receipts(stage, "siaga/receipt/damkar", "ack.officer") == 1);
  AlertText second;
  second.identifier = "polres-0002";
  stage.publish(second.text());
  CHECK(receipts(stage, "siaga/receipt/polres", "polres-0002") == 1);
}

TEST_CASE("an answer that waited counts when its turn comes", "[scenario]") {
  Stage stage;
  with_allowance(stage);
  for (int i = 0; i < 3; ++i)
    stage.publish(answer_of("orang-" + std::to_string(i)), "polres", "siaga/ack/");
  stage.publish(answer_of("piket"), "polres", "siaga/ack/");
  CHECK(stage.detail("polres-0001").row.state == AlertState::open);
  stage.advance(2s);
  CHECK(stage.detail("polres-0001").row.state == AlertState::acknowledged);
}

TEST_CASE("answers that waited when the gateway ended are taken after its start", "[scenario]") {
  Stage stage;
  with_allowance(stage);
  for (int i = 0; i < 3; ++i)
    stage.publish(answer_of("orang-" + std::to_string(i)), "polres", "siaga/ack/");
  stage.publish(answer_of("piket"), "polres", "siaga/ack/");
  stage.close();
  stage.open();
  stage.until([&] {
    stage.advance(1s);
    return stage.detail("polres-0001").row.state == AlertState::acknowledged;
  });
}

TEST_CASE(
    "of rejected answers an agency hears once a second, of the last of a burst with how many more",
    "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.publish(AlertText().text());
  for (int i = 0; i < 10; ++i)
    stage.publish(answer_of("orang-" + std::to_string(i)), "polres", "siaga/ack/");
  CHECK(rejected(stage) == 9);
  CHECK(receipts(stage, "siaga/receipt/polres", "ack.officer") == 1);
  stage.advance(1s);
  CHECK(rejected(stage) == 10);
  CHECK(receipts(stage, "siaga/receipt/polres", "ack.officer") == 2);
  CHECK_THAT(stage.feed.last("siaga/receipt/polres"), ContainsSubstring("orang-9"));
  CHECK_THAT(stage.feed.last("siaga/receipt/polres"), ContainsSubstring("8 more answers"));
  stage.advance(5s);
  CHECK(receipts(stage, "siaga/receipt/polres", "ack.officer") == 2);
}

}  // namespace siaga::test
