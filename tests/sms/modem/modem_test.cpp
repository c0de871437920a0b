#include "protocols/sms/modem/modem.hpp"

#include "gateway/async/spawn.hpp"
#include "tests/sms/modem/sim_stage.hpp"

namespace siaga::sms {
namespace {

simmodem::Options options(std::string const& dialect = "quectel") {
  simmodem::Options o;
  o.dialect = dialect;
  return o;
}

bool is_sent(SendOutcome const& outcome, std::string const& reference) {
  auto const* sent = std::get_if<Sent>(&outcome);
  return sent != nullptr && sent->references == std::vector<std::string>{reference};
}

bool is_whole_channel(SendOutcome const& outcome) {
  auto const* failed = std::get_if<FailedTemporarily>(&outcome);
  return failed != nullptr && failed->whole_channel;
}

bool is_this_message(SendOutcome const& outcome) {
  auto const* failed = std::get_if<FailedTemporarily>(&outcome);
  return failed != nullptr && !failed->whole_channel;
}

}  // namespace

TEST_CASE("a modem of each vendor comes up, sends, and hands its receipts over", "[modem]") {
  auto const dialect = GENERATE(as<std::string>(), "huawei", "simcom", "quectel", "cinterion");
  CAPTURE(dialect);
  auto o = options(dialect);
  o.receipts = 3000;
  o.chatter = 70;
  SimStage stage(o);
  REQUIRE(stage.up());
  CHECK(stage.modem->state() == LinkState::up);
  CHECK(stage.reason_has("registered at home with TELKOMSEL"));
  CHECK(is_sent(stage.sent(), "1"));
  CHECK(is_sent(stage.sent("628110000002"), "2"));
  REQUIRE(stage.until([&] { return stage.sink.receipts.size() == 2; }));
  stage.control("deliver " + a_deliver());
  REQUIRE(stage.until([&] { return stage.sink.messages.size() == 1; }));
  CHECK(stage.sink.messages.front() == a_deliver());
  CHECK(stage.sim.counters.acknowledged == 3);
}

TEST_CASE("a modem with slow answers, errors in words and echo comes up all the same", "[modem]") {
  auto o = options("cinterion");
  o.answer_delay = 900;
  o.error_text = 1;
  SimStage stage(o);
  REQUIRE(stage.up());
  CHECK(is_sent(stage.sent(), "1"));
}

TEST_CASE("unsolicited lines before the prompt and before the result disturb no message",
          "[modem]") {
  SimStage stage(options());
  REQUIRE(stage.up());
  for (int i = 1; i <= 20; ++i) {
    stage.control("inject prompt +CMTI: \"SM\",99");
    stage.control("inject pdu +CREG: 1");
    stage.control("inject answer ^RSSI:17");
    CHECK(is_sent(stage.sent("6281100000" + std::to_string(10 + i)), std::to_string(i)));
  }
  CHECK(stage.sim.counters.escapes == 1);  // of the first question
}

TEST_CASE("a modem that gives no prompt loses one message's turn, not the next one's", "[modem]") {
  SimStage stage(options());
  REQUIRE(stage.up());
  stage.sim.options.no_prompt = 1;
  auto const outcome = stage.sent();
  CHECK(is_whole_channel(outcome));
  CHECK(stage.sim.submitted.empty());
  stage.sim.options.no_prompt = 0;
  CHECK(is_sent(stage.sent(), "1"));
  CHECK(stage.openings == 1);
}

TEST_CASE("a message whose result never comes has an unknown outcome, and the next is sent",
          "[modem]") {
  SimStage stage(options());
  REQUIRE(stage.up());
  stage.sim.options.no_result = 1;
  CHECK(std::holds_alternative<OutcomeUnknown>(stage.sent()));
  stage.sim.options.no_result = 0;
  CHECK(is_sent(stage.sent(), "1"));
  CHECK(stage.openings == 1);
}

TEST_CASE("a result that comes after its time is not taken for the next message's", "[modem]") {
  SimStage stage(options());
  REQUIRE(stage.up());
  stage.sim.options.send_delay = 181000;
  stage.send("late", "628110000001");
  REQUIRE(stage.until([&] { return stage.outcomes.contains("late"); }, minutes(4)));
  CHECK(std::holds_alternative<OutcomeUnknown>(stage.outcomes.at("late")));
  stage.sim.options.send_delay = 0;
  CHECK(is_sent(stage.sent("628110000002"), "1"));
  stage.pass(seconds(5));
  CHECK(stage.sim.submitted.size() == 2);
}

TEST_CASE("a silent modem is opened again, reset, its power cut, and each says why", "[modem]") {
  auto o = options();
  o.reset_helps = 0;
  SimStage stage(o);
  stage.hook_helps = true;
  REQUIRE(stage.up());
  stage.sim.options.hang = 1;
  CHECK(stage.until([&] { return stage.reason_has("opening the port again in"); }, minutes(1)));
  CHECK(stage.reason_has("the modem does not answer AT"));
  CHECK(stage.until([&] { return stage.reason_has("(AT+CFUN=1,1) in"); }));
  CHECK(stage.until([&] { return stage.sim.counters.resets == 1; }));
  CHECK(stage.until([&] { return stage.reason_has("(reset_command) in"); }, minutes(5)));
  CHECK(stage.until([&] { return stage.modem->state() == LinkState::up; }, minutes(10)));
  CHECK(stage.hooks == 1);
  CHECK(is_sent(stage.sent(), "1"));
}

TEST_CASE("a modem that AT+CFUN=1,1 helps is not powered off, and the ladder starts anew after it",
          "[modem]") {
  auto o = options();
  o.replug = 1;
  SimStage stage(o);
  for (int resets = 1; resets <= 2; ++resets) {
    REQUIRE(stage.up());
    stage.pass(minutes(2));
    stage.sim.options.hang = 1;
    CHECK(stage.until([&] { return stage.modem->state() == LinkState::down; }, minutes(2)));
    CHECK(stage.until([&] { return stage.sim.counters.resets == resets; }, minutes(5)));
  }
  REQUIRE(stage.up());
  CHECK(stage.hooks == 0);
}

TEST_CASE("a modem that is pulled out is taken up again when it is back", "[modem]") {
  SimStage stage(options());
  REQUIRE(stage.up());
  stage.control("unplug");
  REQUIRE(stage.until([&] { return stage.modem->state() == LinkState::down; }));
  CHECK(is_whole_channel(stage.sent()));
  CHECK(stage.until([&] { return stage.reason_has("No such file or directory"); }));
  stage.control("plug");
  REQUIRE(stage.until([&] { return stage.modem->state() == LinkState::up; }, minutes(6)));
  CHECK(is_sent(stage.sent(), "1"));
}

TEST_CASE("a modem that restarts by itself is set up again, its notices with it", "[modem]") {
  SimStage stage(options());
  REQUIRE(stage.up());
  stage.pass(minutes(2));
  stage.control("restart");
  REQUIRE(stage.until([&] { return stage.openings == 2; }));
  REQUIRE(stage.up());
  stage.control("deliver " + a_deliver());
  CHECK(stage.until([&] { return stage.sink.messages.size() == 1; }, seconds(10)));
}

TEST_CASE("a modem that restarted in silence is found out and set up again", "[modem]") {
  SimStage stage(options());
  REQUIRE(stage.up());
  stage.pass(seconds(70));
  stage.control("forget");
  CHECK(stage.until([&] { return stage.openings == 2 && stage.sim.routing[1] == 2; }, seconds(80)));
}

TEST_CASE("messages that wait are given back as soon as the network is lost", "[modem]") {
  auto o = options();
  o.send_delay = 20000;
  SimStage stage(o);
  REQUIRE(stage.up());
  stage.send("under way", "628110000001");
  stage.send("waiting", "628110000002");
  stage.pass(seconds(1));
  stage.sim.options.reg = 0;
  stage.control("notice +CREG: 0");
  stage.control("notice +CEREG: 0");
  REQUIRE(stage.until([&] { return stage.outcomes.contains("waiting"); }, seconds(25)));
  CHECK(is_whole_channel(stage.outcomes.at("waiting")));
}

TEST_CASE("no network means down with its reason, and messages are given back at once", "[modem]") {
  SimStage stage(options());
  REQUIRE(stage.up());
  stage.sim.options.reg = 2;
  stage.control("notice +CREG: 2");
  stage.control("notice +CEREG: 2");
  REQUIRE(stage.until([&] { return stage.modem->state() == LinkState::down; }, seconds(10)));
  CHECK(stage.reason_has("searching for a network"));
  auto const outcome = stage.sent();
  CHECK(is_whole_channel(outcome));
  CHECK_THAT(reason_of(outcome), ContainsSubstring("searching for a network"));
  stage.sim.options.reg = 1;
  CHECK(stage.until([&] { return stage.modem->state() == LinkState::up; }, minutes(1)));
  CHECK(stage.openings == 1);
}

TEST_CASE("a weak signal is a degraded link", "[modem]") {
  auto o = options();
  o.csq = 2;
  SimStage stage(o);
  REQUIRE(stage.up());
  CHECK(stage.modem->state() == LinkState::degraded);
  CHECK(stage.reason_has("-109 dBm (weak)"));
}

TEST_CASE("one dead phone never blocks the queue", "[modem]") {
  auto o = options();
  o.cms = 41;
  o.cms_number = "62811666";
  SimStage stage(o);
  REQUIRE(stage.up());
  for (int round = 0; round < 10; ++round) {
    stage.send("dead", "628116660000", Priority::life);
    auto const name = "alive " + std::to_string(round);
    stage.send(name, "628110000001");
    REQUIRE(stage.until([&] { return stage.outcomes.contains(name); }, seconds(2)));
    CHECK(std::holds_alternative<Sent>(stage.outcomes.at(name)));
    CHECK(is_this_message(stage.outcomes.at("dead")));
  }
  CHECK(stage.modem->state() == LinkState::up);
  CHECK(stage.openings == 1);
}

TEST_CASE("a network that refuses two numbers pauses the modem and costs neither an attempt",
          "[modem]") {
  auto o = options();
  o.cms = 331;
  SimStage stage(o);
  REQUIRE(stage.up());
  CHECK(is_this_message(stage.sent("628110000001")));
  CHECK(is_whole_channel(stage.sent("628110000002")));
  CHECK(stage.modem->state() == LinkState::degraded);
  CHECK(stage.reason_has("no network service (331)"));
  auto const submits = stage.sim.counters.submits;
  CHECK(is_whole_channel(stage.sent("628110000003")));
  CHECK(stage.sim.counters.submits == submits);
  stage.sim.options.cms = 0;
  stage.pass(seconds(15));
  CHECK(is_sent(stage.sent("628110000003"), "1"));
  CHECK(stage.modem->state() == LinkState::up);
}

TEST_CASE("unknown errors to several numbers end in a reset of the modem", "[modem]") {
  auto o = options();
  o.cms = 500;
  SimStage stage(o);
  REQUIRE(stage.up());
  CHECK(is_this_message(stage.sent("628110000001")));
  CHECK(stage.sim.counters.resets == 0);
  (void)stage.sent("628110000002");
  CHECK(stage.until([&] { return stage.sim.counters.resets == 1; }));
  stage.sim.options.cms = 0;
  REQUIRE(stage.up());
  CHECK(is_sent(stage.sent(), "1"));
}

TEST_CASE("a number that does not exist fails for good", "[modem]") {
  auto o = options();
  o.cms = 1;
  SimStage stage(o);
  REQUIRE(stage.up());
  auto const outcome = stage.sent();
  CHECK(std::holds_alternative<Failed>(outcome));
  CHECK_THAT(reason_of(outcome), ContainsSubstring("unassigned number (1)"));
}

TEST_CASE("a SIM without credit holds messages back instead of failing them all", "[modem]") {
  auto o = options();
  o.cms = 21;
  SimStage stage(o);
  REQUIRE(stage.up());
  CHECK(std::holds_alternative<Failed>(stage.sent("628110000001")));
  CHECK(is_whole_channel(stage.sent("628110000002")));
  CHECK(is_whole_channel(stage.sent("628110000003")));
  CHECK(stage.reason_has("is there credit on the SIM"));
  stage.sim.options.cms = 0;
  stage.pass(seconds(61));
  CHECK(is_sent(stage.sent("628110000002"), "1"));
  CHECK(stage.modem->state() == LinkState::up);
}

TEST_CASE("the pressing goes first, and parts share one connection", "[modem]") {
  auto o = options();
  o.send_delay = 1000;
  SimStage stage(o);
  REQUIRE(stage.up());
  stage.send("a", "628110000001");
  stage.pass(milliseconds(100));
  stage.send("b", "628110000002");
  stage.send("c", "628110000003", Priority::life);
  REQUIRE(stage.until([&] { return stage.outcomes.size() == 3; }));
  CHECK(is_sent(stage.outcomes.at("c"), "2"));
  CHECK(is_sent(stage.outcomes.at("b"), "3"));
  CHECK(stage.count_logged("AT+CMMS=1") == 1);
}

TEST_CASE("a message that was begun is finished before the next of its kind begins", "[modem]") {
  auto o = options();
  o.send_delay = 1000;
  SimStage stage(o);
  REQUIRE(stage.up());
  stage.send("under way", "628110000001");
  stage.pass(milliseconds(100));
  stage.send("next", "628110000002");
  auto rest = a_submit("628110000001");
  rest.is_continued = true;
  std::optional<SendOutcome> outcome;
  auto const carry = [&]() -> boost::asio::awaitable<void> {
    auto how = co_await stage.modem->send_pdu(rest, seconds(30));
    outcome = std::move(how);
  };
  spawn(stage.io.get_executor(), "send", carry());
  REQUIRE(stage.until([&] { return outcome && stage.outcomes.size() == 2; }));
  CHECK(is_sent(*outcome, "2"));
  CHECK(is_sent(stage.outcomes.at("next"), "3"));
}

TEST_CASE("a message that could not go in time is given back, one under way ends by itself",
          "[modem]") {
  auto o = options();
  o.send_delay = 150000;  // as some networks take
  SimStage stage(o);
  REQUIRE(stage.up());
  stage.send("under way", "628110000001", Priority::normal, seconds(60));
  stage.send("waiting", "628110000002", Priority::normal, seconds(60));
  REQUIRE(stage.until([&] { return stage.outcomes.contains("waiting"); }, seconds(61)));
  CHECK(is_whole_channel(stage.outcomes.at("waiting")));
  CHECK_FALSE(stage.outcomes.contains("under way"));
  REQUIRE(stage.until([&] { return stage.outcomes.contains("under way"); }, seconds(100)));
  CHECK(is_sent(stage.outcomes.at("under way"), "1"));
  CHECK(stage.sim.submitted.size() == 1);
}

TEST_CASE("what the modem has in hand is unknown after send_timeout, whatever the limit",
          "[modem]") {
  ModemSettings settings;
  settings.send_timeout = seconds(135);
  SimStage stage(options(), settings);
  REQUIRE(stage.up());
  stage.sim.options.no_result = 1;
  stage.send("mute", "628110000001", Priority::normal, seconds(60));
  stage.pass(seconds(130));
  CHECK(stage.outcomes.empty());
  REQUIRE(stage.until([&] { return stage.outcomes.contains("mute"); }, seconds(10)));
  CHECK(std::holds_alternative<OutcomeUnknown>(stage.outcomes.at("mute")));
}

TEST_CASE("a message whose permission is gone does not begin", "[modem]") {
  SimStage stage(options());
  REQUIRE(stage.up());
  auto pdu = a_submit("628110000001");
  pdu.permission.hold();
  std::optional<SendOutcome> outcome;
  auto const carry = [&]() -> boost::asio::awaitable<void> {
    auto how = co_await stage.modem->send_pdu(pdu, seconds(10));
    outcome = std::move(how);
  };
  spawn(stage.io.get_executor(), "send", carry());
  REQUIRE(stage.until([&] { return outcome.has_value(); }));
  CHECK(is_whole_channel(*outcome));
  CHECK(stage.sim.counters.submits == 0);
}

TEST_CASE("a message that waits for its turn when its alert ends does not begin", "[modem]") {
  auto o = options();
  o.send_delay = 5000;
  SimStage stage(o);
  REQUIRE(stage.up());
  auto waiting = a_submit("628110000002");
  std::optional<SendOutcome> outcome;
  auto const carry = [&]() -> boost::asio::awaitable<void> {
    auto how = co_await stage.modem->send_pdu(waiting, minutes(1));
    outcome = std::move(how);
  };
  stage.send("under way", "628110000001");
  REQUIRE(stage.until([&] { return stage.sim.counters.submits == 1; }));
  spawn(stage.io.get_executor(), "send", carry());
  stage.pass(seconds(1));
  waiting.permission.hold();
  REQUIRE(stage.until([&] { return outcome.has_value(); }));
  CHECK(is_whole_channel(*outcome));
  CHECK(is_sent(stage.outcomes.at("under way"), "1"));
  CHECK(stage.sim.submitted.size() == 1);
}

TEST_CASE("a result that comes after its time still finds its message, and no other", "[modem]") {
  SimStage stage(options());
  REQUIRE(stage.up());
  std::vector<int> told;
  auto pdu = a_submit("628110000001");
  pdu.on_late_result = [&](int reference) { told.push_back(reference); };
  std::optional<SendOutcome> outcome;
  auto const carry = [&]() -> boost::asio::awaitable<void> {
    auto how = co_await stage.modem->send_pdu(pdu, minutes(1));
    outcome = std::move(how);
  };
  stage.sim.options.send_delay = 181000;
  spawn(stage.io.get_executor(), "send", carry());
  REQUIRE(stage.until([&] { return outcome.has_value(); }, minutes(4)));
  CHECK(std::holds_alternative<OutcomeUnknown>(*outcome));
  CHECK(told.empty());
  REQUIRE(stage.until([&] { return !told.empty(); }, seconds(5)));
  CHECK(told == std::vector<int>{1});
  stage.sim.options.send_delay = 0;
  CHECK(is_sent(stage.sent("628110000002"), "2"));
  stage.control("notice +CMGS: 9");
  stage.pass(seconds(1));
  CHECK(told == std::vector<int>{1});
}

TEST_CASE("stopping ends within seconds, whatever the modem does", "[modem]") {
  auto o = options();
  o.no_result = 1;
  SimStage stage(o);
  REQUIRE(stage.up());
  stage.send("under way", "628110000001");
  stage.pass(seconds(1));
  stage.modem->stop();
  CHECK(stage.until([&] { return stage.ended && stage.outcomes.size() == 1; }, seconds(5)));
  CHECK(std::holds_alternative<OutcomeUnknown>(stage.outcomes.at("under way")));
}

}  // namespace siaga::sms
