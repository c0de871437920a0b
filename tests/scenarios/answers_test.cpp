#include "tests/scenarios/stage.hpp"
#include "tests/support/catch.hpp"

namespace siaga::test {
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

// Both officers at once; the channel carries one message at a time.
void both_at_once(Stage& stage, int acks_needed = 1) {
  two_steps(stage);
  stage.team("semua", {"piket", "kabag"});
  Policy policy;
  policy.id = PolicyId("semua");
  policy.steps = {step(seconds(0), "semua")};
  policy.acks_needed = acks_needed;
  stage.policy(policy);
}

std::string last_text(Stage const& stage) {
  return stage.sms.begun.empty() ? "" : stage.sms.begun.back().text;
}

}  // namespace

TEST_CASE("the other officers who were told get one closing message", "[scenario]") {
  Stage stage;
  both_at_once(stage);
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.begun.size() == 2; });
  stage.settle();
  stage.reply(piket, "siap " + stage.code());
  stage.until([&] { return stage.sms.to(kabag) == 2; });
  CHECK(stage.sms.begun.back().kind == MessageKind::closing);
  CHECK_THAT(last_text(stage), ContainsSubstring("Sudah ditangani oleh Petugas piket"));
  CHECK(stage.sms.to(piket) == 1);
}

TEST_CASE("a policy can turn the closing message off", "[scenario]") {
  Stage stage;
  both_at_once(stage);
  auto policy = stage.setting().routing.policies.front();
  policy.tell_when_handled = false;
  stage.policy(policy);
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.begun.size() == 2; });
  stage.settle();
  stage.reply(piket, "siap " + stage.code());
  CHECK(stage.sms.begun.size() == 2);
}

TEST_CASE("no message begins after enough have answered, and what is on the wire is told as sent",
          "[scenario]") {
  Stage stage;
  both_at_once(stage);
  stage.sms.width_max = 1;
  stage.sms.holding = true;
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.begun.size() == 1; });
  auto const first = stage.sms.begun.front().address;
  auto const second = first == piket ? kabag : piket;
  stage.reply(first, "SIAP " + stage.code());
  stage.sms.let_go();
  stage.settle();
  stage.advance(minutes(30));
  CHECK(stage.sms.to(second) == 0);
  auto const detail = stage.detail("polres-0001");
  CHECK(detail.row.state == AlertState::acknowledged);
  std::size_t sent = 0, cancelled = 0;
  for (auto const& delivery : detail.deliveries) {
    sent += delivery.state == DeliveryState::sent;
    cancelled += delivery.state == DeliveryState::cancelled;
  }
  CHECK(sent == 1);
  CHECK(cancelled == 1);
}

TEST_CASE("a message still waiting in its channel does not begin after enough have answered",
          "[scenario]") {
  Stage stage;
  both_at_once(stage);
  stage.team("surel", {"kabag"});
  auto policy = stage.setting().routing.policies.front();
  policy.steps = {step(seconds(0), "piket", {"sms"}), step(seconds(0), "surel", {"email"})};
  stage.policy(policy);
  stage.email.waiting = true;
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  stage.settle();
  stage.reply(piket, "SIAP " + stage.code());
  stage.email.let_go();
  stage.settle();
  stage.advance(minutes(30));
  CHECK(stage.email.begun.empty());
  auto const detail = stage.detail("polres-0001");
  CHECK(detail.row.state == AlertState::acknowledged);
  for (auto const& delivery : detail.deliveries)
    if (delivery.channel == ChannelName("email")) CHECK(delivery.state == DeliveryState::cancelled);
}

TEST_CASE("a message waiting in its channel begins after an answer that is not enough",
          "[scenario]") {
  Stage stage;
  both_at_once(stage, 2);
  stage.team("surel", {"kabag"});
  auto policy = stage.setting().routing.policies.front();
  policy.steps = {step(seconds(0), "piket", {"sms"}), step(seconds(0), "surel", {"email"})};
  stage.policy(policy);
  stage.email.waiting = true;
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  stage.settle();
  stage.reply(piket, "SIAP " + stage.code());
  CHECK(stage.email.begun.empty());
  stage.email.let_go();
  stage.until([&] { return stage.email.begun.size() == 1; });
  CHECK(stage.email.begun.front().attempt == 1);
}

TEST_CASE("two answers are waited for when the policy needs two", "[scenario]") {
  Stage stage;
  both_at_once(stage, 2);
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.begun.size() == 2; });
  stage.settle();
  stage.reply(piket, "SIAP " + stage.code());
  CHECK(stage.detail("polres-0001").row.state == AlertState::open);
  stage.reply(piket, "SIAP " + stage.code());
  CHECK(stage.detail("polres-0001").row.state == AlertState::open);
  stage.reply(kabag, "SIAP " + stage.code());
  CHECK(stage.detail("polres-0001").row.state == AlertState::acknowledged);
}

TEST_CASE("the code may be left out when only one alert is open for the officer", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  stage.settle();
  stage.reply(piket, "86");
  auto const detail = stage.detail("polres-0001");
  REQUIRE(detail.acknowledgements.size() == 1);
  CHECK(detail.acknowledgements.front().evidence == Evidence::address_only);
}

TEST_CASE("an answer without a code is asked to name one when two alerts are open", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.publish(AlertText().text());
  AlertText other;
  other.identifier = "polres-0002";
  other.event = "Kebakaran";
  stage.publish(other.text());
  stage.until([&] { return stage.sms.to(piket) == 2; });
  stage.settle();
  stage.reply(piket, "SIAP");
  stage.until([&] { return stage.sms.to(piket) == 3; });
  CHECK_THAT(last_text(stage), ContainsSubstring("Ketik SIAP atau TOLAK lalu kode"));
  CHECK_THAT(last_text(stage), ContainsSubstring("Kebakaran"));
  CHECK(stage.detail("polres-0001").acknowledgements.empty());
}

TEST_CASE("an answer from an unknown number changes nothing and is told so once", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  stage.reply("+6289999999999", "SIAP " + stage.code());
  stage.until([&] { return stage.sms.to("+6289999999999") == 1; });
  stage.reply("+6289999999999", "SIAP " + stage.code());
  CHECK(stage.sms.to("+6289999999999") == 1);
  CHECK(stage.detail("polres-0001").row.state == AlertState::open);
  CHECK(rows(stage.log(), "answer-refused") == 2);
  for (auto const& row : stage.log()) CHECK(row.detail.find("+6289") == std::string::npos);
}

TEST_CASE("a wrong code is told what to type", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  stage.settle();
  auto const code = stage.code();
  auto const wrong = code.substr(0, 3) + (code[3] == '0' ? '1' : '0');
  stage.reply(piket, "SIAP " + wrong);
  stage.until([&] { return stage.sms.to(piket) == 2; });
  CHECK_THAT(last_text(stage), ContainsSubstring("Kode salah"));
  CHECK_THAT(last_text(stage), ContainsSubstring(code));
  CHECK(stage.detail("polres-0001").row.state == AlertState::open);
}

TEST_CASE("an agency's own system can answer for its officer", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  auto const code = stage.code();
  stage.publish(
      R"({"code":")" + code + R"(","officer":"piket","answer":"accepted","note":"CAD 17"})",
      "polres", "siaga/ack/");
  auto const detail = stage.detail("polres-0001");
  REQUIRE(detail.acknowledgements.size() == 1);
  CHECK(detail.acknowledgements.front().via == Via::mqtt);
  CHECK(detail.acknowledgements.front().evidence == Evidence::agency);
}

TEST_CASE("an agency cannot answer for another agency's officer", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.officer("damkar", "+6281200000009", "", "damkar");
  stage.open();
  stage.publish(AlertText().text());
  auto const code = stage.code();
  stage.publish(R"({"code":")" + code + R"(","officer":"damkar","answer":"accepted"})", "polres",
                "siaga/ack/");
  CHECK(stage.detail("polres-0001").acknowledgements.empty());
  CHECK_THAT(stage.feed.last("siaga/receipt/polres"), ContainsSubstring("ack.officer"));
}

TEST_CASE("a link answers only with the typed code, and locks after five wrong ones",
          "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  auto const link = stage.sms.begun.front().link;
  LinkAnswer wrong;
  wrong.code = stage.other_code();
  CHECK(stage.answer_link("link:999999", wrong) == LinkOutcome::unknown_link);
  for (int i = 0; i < 4; ++i) CHECK(stage.answer_link(link, wrong) == LinkOutcome::wrong_code);
  CHECK(stage.answer_link(link, wrong) == LinkOutcome::too_many_tries);
  LinkAnswer right;
  right.code = stage.code();
  CHECK(stage.answer_link(link, right) == LinkOutcome::too_many_tries);
  CHECK(stage.detail("polres-0001").acknowledgements.empty());
}

TEST_CASE("a link answered with its code counts as confirmed by link", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  LinkAnswer right;
  right.code = stage.code();
  CHECK(stage.answer_link(stage.sms.begun.front().link, right) == LinkOutcome::recorded);
  auto const detail = stage.detail("polres-0001");
  REQUIRE(detail.acknowledgements.size() == 1);
  CHECK(detail.acknowledgements.front().evidence == Evidence::link_and_confirm);
}

TEST_CASE("a late answer is kept, changes nothing and is answered once", "[scenario]") {
  Stage stage;
  both_at_once(stage);
  auto policy = stage.setting().routing.policies.front();
  policy.tell_when_handled = false;
  stage.policy(policy);
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.begun.size() == 2; });
  stage.settle();
  auto const code = stage.code();
  stage.reply(piket, "SIAP " + code);
  stage.reply(kabag, "SIAP " + code);
  stage.until([&] { return stage.sms.to(kabag) == 2; });
  CHECK_THAT(last_text(stage), ContainsSubstring("Peringatan " + code + " sudah ditangani"));
  stage.reply(kabag, "SIAP " + code);
  CHECK(stage.sms.to(kabag) == 2);
  auto const detail = stage.detail("polres-0001");
  CHECK(detail.row.state == AlertState::acknowledged);
  CHECK(detail.acknowledgements.size() == 3);
}

TEST_CASE("one who was answered about one alert is answered about the next within the hour",
          "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  AlertText text;
  for (int i = 1; i <= 2; ++i) {
    text.identifier = "polres-000" + std::to_string(i);
    stage.publish(text.text());
    stage.until([&] { return stage.sms.to(piket) == static_cast<std::size_t>(2 * i - 1); });
    stage.settle();
    auto const code = stage.code();
    stage.reply(piket, "SIAP " + code);
    stage.reply(piket, "SIAP " + code);
    stage.until([&] { return stage.sms.to(piket) == static_cast<std::size_t>(2 * i); });
    CHECK_THAT(last_text(stage), ContainsSubstring(code));
  }
}

TEST_CASE("what is sent back about an exercise begins with its mark", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  AlertText exercise;
  exercise.status = "Exercise";
  stage.publish(exercise.text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  stage.settle();
  stage.reply(piket, "apa ini?");
  stage.until([&] { return stage.sms.to(piket) == 2; });
  CHECK(last_text(stage).starts_with("LATIHAN: Jawaban tidak dipahami."));
  AlertText actual;
  actual.identifier = "polres-0002";
  actual.event = "Kebakaran";
  stage.publish(actual.text());
  stage.until([&] { return stage.sms.to(piket) == 3; });
  stage.settle();
  stage.reply(piket, "SIAP");
  stage.until([&] { return stage.sms.to(piket) == 4; });
  CHECK(last_text(stage).starts_with("Kode belum ditulis."));
  CHECK_THAT(last_text(stage), ContainsSubstring("LATIHAN Unjuk rasa"));
  CHECK(last_text(stage).find("LATIHAN Kebakaran") == std::string::npos);
}

TEST_CASE("an officer who was never told cannot answer, unless it was on the air", "[scenario]") {
  for (bool const on_air : {false, true}) {
    Stage stage;
    two_steps(stage);
    auto policy = stage.setting().routing.policies.front();
    if (on_air) policy.steps.front().channels.emplace_back("radio");
    stage.policy(policy);
    stage.open();
    stage.publish(AlertText().text());
    stage.until(
        [&] { return stage.sms.to(piket) == 1 && stage.radio.begun.size() == (on_air ? 1U : 0U); });
    stage.settle();
    stage.reply(kabag, "SIAP " + stage.code());
    auto const state = stage.detail("polres-0001").row.state;
    CHECK(state == (on_air ? AlertState::acknowledged : AlertState::open));
  }
}

TEST_CASE("an agency answers only its own alerts and those its officer was told of", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.officer("damkar", "+6281200000009", "", "damkar");
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  stage.settle();
  stage.publish(R"({"alert":1,"officer":"damkar","answer":"accepted"})", "damkar", "siaga/ack/");
  CHECK_THAT(stage.feed.last("siaga/receipt/damkar"), ContainsSubstring("ack.foreign"));
  CHECK(stage.detail("polres-0001").acknowledgements.empty());
  stage.team("kabag", {"damkar"});
  stage.swap_world();
  stage.advance(minutes(5));
  stage.until([&] { return stage.sms.to("+6281200000009") == 1; });
  stage.settle();
  stage.publish(R"({"alert":1,"officer":"damkar","answer":"accepted"})", "damkar", "siaga/ack/");
  CHECK(stage.detail("polres-0001").row.state == AlertState::acknowledged);
}

TEST_CASE("an agency's answer is refused when late, retained, or under another alert's code",
          "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.publish(AlertText().text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  stage.settle();
  std::string const answer = R"({"alert":1,"officer":"piket","answer":"accepted"})";
  stage.publish(
      R"({"alert":1,"code":")" + stage.other_code() + R"(","officer":"piket","answer":"accepted"})",
      "polres", "siaga/ack/");
  CHECK_THAT(stage.feed.last("siaga/receipt/polres"), ContainsSubstring("ack.alert"));
  stage.advance(seconds(1));
  stage.publish_retained(answer, "siaga/ack/polres");
  CHECK_THAT(stage.feed.last("siaga/receipt/polres"), ContainsSubstring("mqtt.retained"));
  CHECK(stage.detail("polres-0001").row.state == AlertState::open);
  stage.publish(answer, "polres", "siaga/ack/");
  CHECK(stage.detail("polres-0001").row.state == AlertState::acknowledged);
  stage.advance(seconds(1));
  stage.publish(answer, "polres", "siaga/ack/");
  CHECK_THAT(stage.feed.last("siaga/receipt/polres"), ContainsSubstring("ack.closed"));
}

TEST_CASE("an old mail's link answers the alert that has replaced its own", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  AlertText const first;
  stage.publish(first.text());
  stage.until([&] { return stage.sms.to(piket) == 1; });
  stage.settle();
  auto update = first;
  update.identifier = "polres-0001-Update";
  update.msg_type = "Update";
  update.references = first.reference();
  update.sent = "2026-11-23T14:35:00+08:00";
  stage.advance(minutes(5));
  stage.publish(update.text());
  stage.settle();
  LinkAnswer answer;
  answer.code = stage.code();
  CHECK(stage.answer_link(stage.sms.begun.front().link, answer) == LinkOutcome::recorded);
  CHECK(stage.detail(update.identifier).row.state == AlertState::acknowledged);
  CHECK(stage.answer_link(stage.sms.begun.front().link, answer) == LinkOutcome::closed);
}

}  // namespace siaga::test
