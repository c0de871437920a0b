// The account behind the channel: its binds, what is found out late, what is asked and taken back.
#include "tests/sms/smsc_stage.hpp"

namespace siaga::sms {
namespace {

Message of_alert(int officer, std::int64_t alert) {
  auto message = an_alert(officer);
  message.alert = AlertId(alert);
  return message;
}

}  // namespace

TEST_CASE("a pair sends over one session and hears receipts and answers over the other",
          "[sms][account]") {
  TestSmsc smsc({"--receipts", "1", "--reply", ".* 1 SIAP %CODE%"});
  auto settings = Stage::settings(smsc.port());
  settings.bind = "pair";
  Stage stage(settings);
  REQUIRE(stage.until([&] { return stage.channel->state() == LinkState::up; }));
  CHECK(smsc.stat("binds") == 2);
  CHECK(std::holds_alternative<Sent>(stage.sent(an_alert(1))));
  CHECK(stage.until([&] { return stage.receipts.recorded.size() == 1; }));
  CHECK(stage.until([&] { return stage.replies.taken.size() == 1; }));
}

TEST_CASE("a pair whose receiver is down says so and still sends", "[sms][account]") {
  TestSmsc smsc({"--binds-max", "1"});
  auto settings = Stage::settings(smsc.port());
  settings.bind = "pair";
  Stage stage(settings);
  REQUIRE(stage.until(
      [&] { return stage.channel->tried_once() && stage.channel->state() != LinkState::down; }));
  CHECK(stage.channel->state() == LinkState::degraded);
  CHECK(stage.channel->state_reason().find("one of its binds is down") != std::string::npos);
  CHECK(std::holds_alternative<Sent>(stage.sent(an_alert(1))));
}

TEST_CASE("several binds carry at once what one window could not", "[sms][account]") {
  TestSmsc smsc({"--delay", "50", "--window", "2"});
  auto settings = Stage::settings(smsc.port());
  settings.binds = 4;
  settings.window = 2;
  Stage stage(settings);
  REQUIRE(stage.until([&] { return stage.channel->state() == LinkState::up; }));
  CHECK(stage.channel->width() == 8);
  for (int i = 0; i < 80; ++i) stage.send(std::to_string(i), an_alert(i));
  REQUIRE(stage.until([&] { return stage.outcomes.size() == 80; }));
  CHECK(stage.count<Sent>() == 80);
  CHECK(smsc.stat("binds") == 4);
  CHECK(smsc.stat("throttled") == 0);
}

TEST_CASE("what one bind finds of the SMSC's window holds for all", "[sms][account]") {
  TestSmsc smsc({"--delay", "5", "--window", "1"});
  auto settings = Stage::settings(smsc.port());
  settings.binds = 4;
  settings.window = 10;
  Stage stage(settings);
  REQUIRE(stage.until([&] { return stage.channel->state() == LinkState::up; }));
  constexpr int messages = 600;
  for (int i = 0; i < messages; ++i) stage.send(std::to_string(i), an_alert(i));
  // Four each 5 ms: 0.75 s.
  REQUIRE(stage.until([&] { return stage.outcomes.size() == messages; }, seconds(4)));
  CHECK(stage.count<Sent>() == messages);
  CHECK(smsc.stat("submits") <= messages * 12 / 10);
}

TEST_CASE("what was not written when one bind is lost goes over the others", "[sms][account]") {
  TestSmsc smsc({"--delay", "20", "--drop-every", "40"});
  auto settings = Stage::settings(smsc.port());
  settings.binds = 4;
  settings.window = 2;
  Stage stage(settings);
  REQUIRE(stage.until([&] { return stage.channel->state() == LinkState::up; }));
  for (int i = 0; i < 80; ++i) stage.send(std::to_string(i), an_alert(i));
  REQUIRE(stage.until([&] { return stage.outcomes.size() == 80; }));
  CHECK(stage.count<OutcomeUnknown>() <= 4);  // two drops, two in the window of each
  CHECK(stage.count<Sent>() >= 76);
}

TEST_CASE("an answer that comes after its time is told to the core", "[sms][account]") {
  TestSmsc smsc({"--late", "100", "--late-by", "1500"});
  auto settings = Stage::settings(smsc.port());
  settings.response_timeout = seconds(1);
  Stage stage(settings);
  REQUIRE(stage.up());
  CHECK(std::holds_alternative<OutcomeUnknown>(stage.sent(of_alert(41, 7))));
  CHECK(stage.receipts.resolved.empty());
  CHECK(stage.until([&] { return stage.receipts.resolved.size() == 1; }));
  CHECK(stage.receipts.resolved[0].delivery == DeliveryId(41));
  CHECK(stage.channel->state() == LinkState::up);
}

TEST_CASE("a receipt stands for the answer that was lost with the link", "[sms][account]") {
  TestSmsc smsc({"--drop-every", "1", "--receipts", "1500"});
  Stage stage(Stage::settings(smsc.port()));
  REQUIRE(stage.up());
  CHECK(std::holds_alternative<OutcomeUnknown>(stage.sent(of_alert(41, 7))));
  CHECK(stage.until([&] { return stage.receipts.recorded.size() == 1; }));
  REQUIRE(stage.receipts.resolved.size() == 1);
  CHECK(stage.receipts.resolved[0].delivery == DeliveryId(41));
}

TEST_CASE("what a withdrawn alert has en route is cancelled, what has arrived is not",
          "[sms][account]") {
  TestSmsc smsc({"--receipts", "1", "--receipt-hold", "1"});
  Stage stage(Stage::settings(smsc.port()));
  REQUIRE(stage.up());
  REQUIRE(std::holds_alternative<Sent>(stage.sent(of_alert(1, 7))));
  REQUIRE(std::holds_alternative<Sent>(stage.sent(of_alert(2, 8))));
  stage.channel->withdraw(AlertId(7));
  REQUIRE(stage.until([&] { return stage.receipts.recorded.size() == 1; }));
  CHECK(stage.receipts.recorded.begin()->second == DeliveryState::cancelled);
  smsc.command("release");
  REQUIRE(stage.until([&] { return stage.receipts.recorded.size() == 2; }));
  stage.channel->withdraw(AlertId(8));
  CHECK(stage.until([&] { return smsc.stat("binds") == 1; }));
}

TEST_CASE("what an SMSC takes only after its alert was withdrawn is cancelled at once",
          "[sms][account]") {
  TestSmsc smsc({"--receipts", "1", "--receipt-hold", "1", "--delay", "200"});
  Stage stage(Stage::settings(smsc.port()));
  REQUIRE(stage.up());
  stage.send("one", of_alert(1, 7));
  REQUIRE(stage.until([&] { return smsc.stat("submits") == 1; }));
  stage.channel->withdraw(AlertId(7));
  REQUIRE(stage.until([&] { return stage.receipts.recorded.size() == 1; }));
  CHECK(stage.receipts.recorded.begin()->second == DeliveryState::cancelled);
  CHECK(stage.count<Sent>() == 1);
}

TEST_CASE("what an SMSC takes late is cancelled with its alert", "[sms][account]") {
  TestSmsc smsc({"--receipts", "1", "--receipt-hold", "1", "--late", "100", "--late-by", "1500"});
  auto settings = Stage::settings(smsc.port());
  settings.response_timeout = seconds(1);
  Stage stage(settings);
  REQUIRE(stage.up());
  CHECK(std::holds_alternative<OutcomeUnknown>(stage.sent(of_alert(41, 7))));
  REQUIRE(stage.until([&] { return stage.receipts.resolved.size() == 1; }));
  stage.channel->withdraw(AlertId(7));
  REQUIRE(stage.until([&] { return stage.receipts.recorded.size() == 1; }));
  CHECK(stage.receipts.recorded.begin()->second == DeliveryState::cancelled);
}

TEST_CASE("the fate of an alert nobody tells of is asked for where the carrier allows it",
          "[sms][account]") {
  TestSmsc smsc({"--receipts", "-1"});
  auto settings = Stage::settings(smsc.port());
  settings.query_after = milliseconds(50);
  Stage stage(settings);
  REQUIRE(stage.up());
  auto message = of_alert(1, 7);
  message.priority = Priority::life;
  REQUIRE(std::holds_alternative<Sent>(stage.sent(message)));
  REQUIRE(stage.until([&] { return stage.receipts.recorded.size() == 1; }));
  CHECK(stage.receipts.recorded.begin()->second == DeliveryState::delivered);
}

TEST_CASE("a network that says it is congested is offered less", "[sms][account]") {
  TestSmsc smsc({"--congestion", "100"});
  auto settings = Stage::settings(smsc.port());
  settings.version = "5.0";
  Stage stage(settings);
  REQUIRE(stage.up());
  CHECK(std::holds_alternative<Sent>(stage.sent(an_alert(1))));
  CHECK(stage.channel->state() == LinkState::degraded);
  CHECK(stage.channel->state_reason().find("slows us to") != std::string::npos);
}

TEST_CASE("flashing by 0xF0 names the GSM alphabet, so no link of another offers it",
          "[sms][account]") {
  boost::asio::io_context io;
  SystemClock clock;
  Receipts receipts;
  Replies replies;
  for (auto const* charset : {"latin1", "ascii"}) {
    auto settings = Stage::settings(2775);
    settings.flash = "f0";
    settings.charset = charset;
    ChannelContext context{io.get_executor(), clock, ChannelName("sms"), receipts, replies, "."};
    auto const made = smpp_kind().make(std::any(settings), std::move(context));
    REQUIRE_FALSE(made);
    CHECK_THAT(made.error().text(), ContainsSubstring("[channel.sms] flash = \"f0\": only with"));
  }
}

}  // namespace siaga::sms
