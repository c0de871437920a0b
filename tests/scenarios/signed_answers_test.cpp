// A signed answer is one answer, however often its bytes come.
#include "tests/scenarios/stage.hpp"
#include "tests/support/catch.hpp"

namespace siaga::test {
using std::chrono::seconds;

namespace {

constexpr char siap[] = R"({"alert":1,"officer":"piket","answer":"accepted"})";
constexpr char tolak[] = R"({"alert":1,"officer":"piket","answer":"declined"})";

struct Asked : Stage {
  explicit Asked(bool sends_alert = true) {
    two_steps(*this);
    auto wanted = setting().routing.policies.front();
    wanted.acks_needed = 5;
    policy(wanted);
    authentic = [this](Signers const&, RawMessage const& raw, UtcTime) {
      Proof proof;
      if (!key_known) return Judged<Proof>(Rejection(Reason{"", "signature.key-unknown", "no"}));
      if (!raw.signature.empty()) proof = {Proof::Kind::verified, "ed25519 k"};
      return Judged<Proof>(proof);
    };
    open();
    if (sends_alert) send_alert();
  }
  void send_alert() {
    publish(AlertText().text());
    until([&] { return sms.to(piket) == 1; });
    settle();
  }
  bool key_known = true;
  std::size_t kept() { return detail("polres-0001").acknowledgements.size(); }
  std::size_t counted() {
    std::size_t count = 0;
    for (auto const& row : log())
      count += row.kind == "answer" && row.detail.find("counted=yes") != std::string::npos;
    return count;
  }
};

}  // namespace

TEST_CASE("a signed answer sent again by whoever heard it counts once", "[scenario]") {
  Asked stage;
  stage.publish_signed(siap, "first");
  stage.publish_signed(tolak, "second");
  CHECK(stage.counted() == 2);
  auto const said = stage.feed.said.size();
  for (int i = 0; i < 3; ++i) stage.publish_signed(siap, "first");
  CHECK(stage.kept() == 2);
  CHECK(stage.detail("polres-0001").acknowledgements.back().answer == Answer::declined);
  CHECK(stage.feed.said.size() == said);
  CHECK(rows(stage.log(), "duplicate") == 3);
}

TEST_CASE("SIAP, TOLAK and SIAP under signatures of their own all count", "[scenario]") {
  Asked stage;
  stage.publish_signed(siap, "first");
  stage.publish_signed(tolak, "second");
  stage.publish_signed(siap, "third");
  CHECK(stage.counted() == 3);
}

TEST_CASE("a signed answer that was refused gets the same receipt again", "[scenario]") {
  Asked stage(false);
  auto const receipt = [&] {
    auto const said = stage.feed.last("siaga/receipt/polres");
    return said.substr(0, said.find("received_at"));
  };
  stage.publish_signed(siap, "first");
  auto const first = receipt();
  CHECK_THAT(first, ContainsSubstring("ack.alert"));
  stage.send_alert();
  stage.advance(seconds(2));  // refusals of answers are told of one a second
  stage.feed.said.clear();
  stage.publish_signed(siap, "first");
  CHECK(receipt() == first);
  CHECK(stage.kept() == 0);
  stage.publish_signed(siap, "second");
  CHECK(stage.counted() == 1);
}

TEST_CASE("what was refused for its signature is decided anew once that holds", "[scenario]") {
  Asked stage;
  stage.key_known = false;
  stage.publish_signed(siap, "first");
  CHECK_THAT(stage.feed.last("siaga/receipt/polres"), ContainsSubstring("signature.key-unknown"));
  stage.key_known = true;
  stage.publish_signed(siap, "first");
  CHECK(stage.counted() == 1);
}

TEST_CASE("signed answers count once over a restart, and the same signature elsewhere is another",
          "[scenario]") {
  Asked stage;
  stage.publish_signed(siap, "first");
  stage.publish_signed(tolak, "second");
  stage.close();
  stage.open();
  stage.publish_signed(siap, "first");
  CHECK(stage.kept() == 2);
  stage.publish_signed(siap, "first", "siaga/ack/damkar");
  CHECK_THAT(stage.feed.last("siaga/receipt/damkar"), ContainsSubstring("ack.officer"));
}

TEST_CASE("an answer without signature is taken as before, each time it comes", "[scenario]") {
  Asked stage;
  for (auto const* answer : {siap, siap, tolak, siap})
    stage.publish(answer, "polres", "siaga/ack/");
  CHECK(stage.kept() == 4);
  CHECK(stage.counted() == 3);
}

}  // namespace siaga::test
