// One message at which its peer ends the link, among others.
#include "tests/scenarios/stage.hpp"
#include "tests/support/catch.hpp"

namespace siaga::test {
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

constexpr int others = 100;
constexpr char bad[] = "+6281299999999";

std::string number(int officer) {
  return "+62812" + std::to_string(10'000'000 + officer);
}

// A peer that ends its link whenever it is sent to one address: whatever else was with it then is
// unanswered too.
struct Peer {
  explicit Peer(Stage& stage) : clock(stage.clock), channel(stage.sms) {
    channel.outcome = [this](Message const& message) { return answer(message); };
  }
  SendOutcome answer(Message const& message) {
    bool const resets = resets_all || (message.address == bad && !mended);
    if (resets) ++resets_seen;
    if (message.address == bad) tries[message.delivery].push_back(clock.steady_now());
    if (resets) return OutcomeUnknown("the link was lost before the SMSC answered", true);
    std::vector<std::string> references(1, "ref-" + std::to_string(message.delivery.value));
    return Sent(std::move(references));
  }
  // Of the first delivery to the bad number.
  std::vector<SteadyTime> const& first() const { return tries.begin()->second; }
  seconds gap(std::size_t before) const {
    return std::chrono::floor<seconds>(first().at(before) - first().at(before - 1));
  }

  FakeClock& clock;
  NotedChannel& channel;
  std::map<DeliveryId, std::vector<SteadyTime>> tries;
  bool resets_all = false, mended = false;
  int resets_seen = 0;
};

// The one with the bad number in the middle of a hundred others, in one step.
void a_bad_one_among_others(Stage& stage, std::string mail = "") {
  std::vector<std::string> members;
  for (int i = 0; i < others; ++i) {
    if (i == others / 2) {
      stage.officer("buruk", bad, std::move(mail));
      members.push_back("buruk");
    }
    stage.officer("p" + std::to_string(i), number(i));
    members.push_back("p" + std::to_string(i));
  }
  stage.team("semua", members);
  Policy policy;
  policy.id = PolicyId("semua");
  policy.steps = {step(seconds(0), "semua")};
  stage.policy(policy);
}

// What follows is for the others alone.
void leave_out_the_bad_one(Stage& stage) {
  std::vector<std::string> members;
  for (int i = 0; i < others; ++i) members.push_back("p" + std::to_string(i));
  stage.team("semua", members);
  stage.swap_world();
}

void pass(Stage& stage, milliseconds time) {
  for (auto left = time; left > milliseconds(0); left -= seconds(1)) stage.advance(seconds(1));
}

std::size_t told(Stage const& stage) {
  std::size_t count = 0;
  for (int i = 0; i < others; ++i) count += stage.sms.to(number(i)) > 0 ? 1 : 0;
  return count;
}

AlertText calm() {
  AlertText text;
  text.severity = "Minor";
  text.urgency = "Expected";
  return text;
}

// Somebody else has something to say: what passes between the tries of the bad one.
void say_more(Stage& stage, int count, milliseconds every = seconds(10)) {
  static int said = 0;
  for (int i = 0; i < count; ++i) {
    auto text = calm();
    text.identifier = "polres-more-" + std::to_string(++said);
    stage.publish(text.text());
    pass(stage, every);
  }
}

bool log_says(Stage& stage, std::string const& kind, std::string const& part) {
  auto const log = stage.log();
  return std::ranges::any_of(log, [&](auto const& row) {
    return row.kind == kind && row.detail.find(part) != std::string::npos;
  });
}

// Of what the officer with the bad number is told of the first alert.
std::string state_of_bad(Stage& stage, std::string const& channel = "sms") {
  for (auto const& delivery : stage.detail("polres-0001").deliveries)
    if (delivery.officer == OfficerId("buruk") && delivery.channel.value == channel)
      return std::string(to_word(delivery.state));
  return "";
}

}  // namespace

TEST_CASE("a message that ends the link of its peer does not stop the others", "[scenario]") {
  Stage stage;
  Peer peer(stage);
  a_bad_one_among_others(stage);
  stage.open();
  stage.publish(AlertText().text());
  pass(stage, seconds(3));
  CHECK(told(stage) == others);
  for (int i = 0; i < others; ++i) CHECK(stage.sms.to(number(i)) == 1);
}

TEST_CASE("those on the wire with it are told once more at most, marked", "[scenario]") {
  Stage stage;
  a_bad_one_among_others(stage);
  stage.sms.outcome = [&](Message const& message) -> SendOutcome {
    bool const with_it = stage.sms.begun.size() > 45 && stage.sms.begun.size() <= 60;
    if (with_it || message.address == bad) return OutcomeUnknown("the link was lost", true);
    return Sent();
  };
  stage.open();
  stage.publish(AlertText().text());
  pass(stage, seconds(20));
  CHECK(stage.sms.begun.size() >= others + 15);
  CHECK(told(stage) == others);
  for (int i = 0; i < others; ++i) CHECK(stage.sms.to(number(i)) <= 2);
  for (auto const& message : stage.sms.begun)
    if (message.attempt > 1) CHECK(message.possible_duplicate);
}

TEST_CASE("a suspect goes when nothing else is with the peer", "[scenario]") {
  Stage stage;
  a_bad_one_among_others(stage);
  stage.open();
  std::size_t together = 0;
  stage.sms.outcome = [&](Message const& message) -> SendOutcome {
    bool const again = message.attempt > 1;
    if (again) together = std::max(together, stage.legs->dispatcher().in_flight().size());
    if (message.address == bad) return OutcomeUnknown("the link was lost", true);
    return Sent();
  };
  stage.publish(AlertText().text());
  pass(stage, seconds(10));
  CHECK(together <= 1);
  CHECK(stage.sms.to(bad) > 1);
}

TEST_CASE("it is set aside within three tries, and waits one, five and thirty minutes",
          "[scenario]") {
  Stage stage;
  Peer peer(stage);
  stage.sms.late = false;  // or what does not press would wait for late news besides
  a_bad_one_among_others(stage);
  stage.open();
  stage.publish(calm().text());
  leave_out_the_bad_one(stage);
  for (int i = 0; i < 10; ++i) say_more(stage, 1, seconds(2));
  for (int i = 0; i < 240; ++i) stage.advance(seconds(10));  // 40 minutes
  CHECK(log_says(stage, "incident", "message-set-aside about=sms"));
  REQUIRE(peer.first().size() >= 5);
  auto const last = peer.first().size() - 1;
  CHECK(last - 2 <= 3);
  CHECK(std::abs((peer.gap(last - 2) - minutes(1)).count()) <= 20);
  CHECK(std::abs((peer.gap(last - 1) - minutes(5)).count()) <= 20);
  CHECK(std::abs((peer.gap(last) - minutes(30)).count()) <= 20);
  CHECK(state_of_bad(stage) == "planned");
}

TEST_CASE("set aside, it is tried until it passes, and never failed for that alone", "[scenario]") {
  Stage stage;
  Peer peer(stage);
  a_bad_one_among_others(stage);
  stage.open();
  stage.publish(AlertText().text());
  say_more(stage, 6);
  REQUIRE(log_says(stage, "incident", "message-set-aside about=sms"));
  CHECK(log_says(stage, "attempted", "set aside: the link ended"));
  for (int i = 0; i < 54; ++i) stage.advance(minutes(5));
  CHECK(peer.first().size() > 8);  // doubtful_max, of a message that is not set aside
  CHECK(peer.first().size() < 18);
  CHECK(state_of_bad(stage) == "planned");
  peer.mended = true;
  for (int i = 0; i < 7; ++i) stage.advance(minutes(5));
  CHECK(state_of_bad(stage) == "sent");
  stage.advance(minutes(1));
  CHECK(log_says(stage, "incident-ended", "message-set-aside about=sms"));
}

TEST_CASE("what is set aside and then only refused for now is not tried without a pause",
          "[scenario]") {
  Stage stage;
  Peer peer(stage);
  a_bad_one_among_others(stage);
  stage.open();
  stage.publish(AlertText().text());
  leave_out_the_bad_one(stage);
  say_more(stage, 6);
  REQUIRE(log_says(stage, "incident", "message-set-aside about=sms"));
  auto const before = stage.sms.to(bad);
  stage.sms.outcome = [](Message const&) -> SendOutcome { return FailedTemporarily("busy"); };
  pass(stage, minutes(3));
  CHECK(stage.sms.to(bad) > before);
  CHECK(stage.sms.to(bad) < before + 60);
}

TEST_CASE("an alert that ends takes what was set aside with it", "[scenario]") {
  Stage stage;
  Peer peer(stage);
  a_bad_one_among_others(stage);
  stage.open();
  stage.publish(AlertText().text());
  leave_out_the_bad_one(stage);
  say_more(stage, 6);
  REQUIRE(log_says(stage, "incident", "message-set-aside about=sms"));
  AlertText cancel;
  cancel.identifier = "polres-0002";
  cancel.msg_type = "Cancel";
  cancel.references = AlertText().reference();
  stage.publish(cancel.text());
  pass(stage, seconds(40));
  CHECK(log_says(stage, "incident-ended", "message-set-aside about=sms"));
}

TEST_CASE("what presses goes by the standby as soon as it is set aside", "[scenario]") {
  Stage stage;
  Peer peer(stage);
  stage.standby_after = minutes(10);
  a_bad_one_among_others(stage);
  stage.open();
  stage.publish(AlertText().text());
  leave_out_the_bad_one(stage);
  say_more(stage, 6);
  CHECK(stage.modem.to(bad) == 1);
  CHECK(stage.modem.begun.size() == 1);
  CHECK(state_of_bad(stage) == "sent");
  CHECK(log_says(stage, "attempted", "sms has set it aside: the link ended"));
}

TEST_CASE("without a standby what presses takes the officer's next path at once, only once",
          "[scenario]") {
  Stage stage;
  Peer peer(stage);
  a_bad_one_among_others(stage, "buruk@polres-bontang.example");
  stage.open();
  stage.publish(AlertText().text());
  leave_out_the_bad_one(stage);
  say_more(stage, 6);
  REQUIRE(log_says(stage, "other-path", "channel=email"));
  for (int i = 0; i < 20; ++i) stage.advance(minutes(5));
  auto const of_alert = [&](Message const& message) { return message.priority == Priority::life; };
  CHECK(std::ranges::count_if(stage.email.begun, of_alert) == 1);
  CHECK(state_of_bad(stage, "email") == "sent");
}

TEST_CASE("what does not press waits for its own channel", "[scenario]") {
  Stage stage;
  Peer peer(stage);
  stage.standby_after = minutes(10);
  a_bad_one_among_others(stage, "buruk@polres-bontang.example");
  stage.open();
  stage.publish(calm().text());
  pass(stage, minutes(3));
  say_more(stage, 30);
  REQUIRE(log_says(stage, "incident", "message-set-aside about=sms"));
  CHECK(stage.modem.begun.empty());
  CHECK(stage.email.begun.empty());
}

TEST_CASE("a peer that ends every link for a minute sets nothing aside, and all are told after it",
          "[scenario]") {
  Stage stage;
  Peer peer(stage);
  peer.mended = true;
  a_bad_one_among_others(stage);
  stage.open();
  stage.publish(AlertText().text());
  peer.resets_all = true;
  AlertText second;
  second.identifier = "polres-0002";
  stage.publish(second.text());
  pass(stage, seconds(60));
  CHECK(peer.resets_seen > 0);
  peer.resets_all = false;
  pass(stage, minutes(3));
  CHECK_FALSE(log_says(stage, "incident", "message-set-aside"));
  auto const deliveries = stage.detail("polres-0002").deliveries;
  CHECK(std::ranges::all_of(deliveries,
                            [](auto const& one) { return one.state == DeliveryState::sent; }));
}

TEST_CASE("after a restart it is found again", "[scenario]") {
  Stage stage;
  Peer peer(stage);
  a_bad_one_among_others(stage);
  stage.open();
  stage.publish(AlertText().text());
  say_more(stage, 6);
  auto const incidents = rows(stage.log(), "incident");
  REQUIRE(incidents > 0);
  auto const before = stage.sms.to(bad);
  stage.close();
  stage.open();
  AlertText fresh;
  fresh.identifier = "polres-0003";
  stage.publish(fresh.text());
  pass(stage, seconds(30));
  say_more(stage, 6);
  CHECK(rows(stage.log(), "incident") > incidents);
  CHECK(stage.sms.to(bad) - before <= 30);
  for (int i = 0; i < others; ++i) CHECK(stage.sms.to(number(i)) >= 2);
}

TEST_CASE("an incident of before a restart ends with it when its message passes then",
          "[scenario]") {
  Stage stage;
  Peer peer(stage);
  a_bad_one_among_others(stage);
  stage.open();
  stage.publish(AlertText().text());
  say_more(stage, 6);
  REQUIRE(log_says(stage, "incident", "message-set-aside about=sms"));
  stage.close();
  peer.mended = true;
  stage.open();
  pass(stage, seconds(10));
  CHECK(state_of_bad(stage) == "sent");
  CHECK(log_says(stage, "incident-ended", "message-set-aside about=sms"));
}

TEST_CASE("a radio whose sink fails at one text says the hundred others", "[scenario]") {
  Stage stage;
  two_steps(stage);
  Policy policy;
  policy.id = PolicyId("siaran");
  policy.steps = {step(seconds(0), "piket", {"radio"})};
  stage.policy(policy);
  stage.radio.width_max = 1;
  stage.radio.late = false;
  stage.radio.outcome = [&](Message const& message) -> SendOutcome {
    bool const fails = message.event == "Racun";
    stage.radio.link = fails ? LinkState::down : LinkState::up;  // as the real one says
    if (!fails) return Sent();
    FailedTemporarily failed("the sound card is gone", seconds(5), true);
    failed.link_ended = true;
    return failed;
  };
  stage.open();
  for (int i = 0; i <= others; ++i) {
    AlertText text;
    text.identifier = "polres-" + std::to_string(i);
    text.event = i == 3 ? "Racun" : "Unjuk rasa";
    stage.publish(text.text());
  }
  pass(stage, seconds(40));
  auto const good = [](Message const& message) { return message.event != "Racun"; };
  CHECK(std::ranges::count_if(stage.radio.begun, good) == others);
  CHECK(log_says(stage, "attempted", "sound card is gone"));
}

}  // namespace siaga::test
