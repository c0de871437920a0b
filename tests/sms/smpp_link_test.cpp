#include "tests/sms/smsc_stage.hpp"

namespace siaga::sms {

TEST_CASE("an alert reaches the phone, its receipt and the officer's answer come back",
          "[sms][peers]") {
  TestSmsc smsc({"--quiet", "0", "--receipts", "5", "--reply", "^.62812 20 SIAP %CODE%"});
  Stage stage(Stage::settings(smsc.port()));
  REQUIRE(stage.up());
  auto const message = an_alert(1);
  auto const outcome = stage.sent(message);
  REQUIRE(std::holds_alternative<Sent>(outcome));
  auto const ids = std::get<Sent>(outcome).references;
  REQUIRE(ids.size() == 1);
  CHECK(stage.until([&] { return stage.receipts.recorded.contains(ids[0]); }));
  CHECK(stage.receipts.recorded[ids[0]] == DeliveryState::delivered);
  REQUIRE(stage.until([&] { return !stage.replies.taken.empty(); }));
  CHECK(stage.replies.taken[0].address == message.address);
  CHECK(stage.replies.taken[0].text == "SIAP 4821");
  CHECK(stage.replies.taken[0].via == Via::sms);
  auto const line = smsc.logged("message", message.address);
  REQUIRE(line);
  CHECK(line->find(stage.channel->preview(message)) != std::string::npos);
}

TEST_CASE("a long alert arrives whole and every part has its receipt", "[sms][peers]") {
  TestSmsc smsc({"--quiet", "0", "--receipts", "5", "--receipt-form", "text"});
  Stage stage(Stage::settings(smsc.port()));
  REQUIRE(stage.up());
  auto message = an_alert(1);
  for (int i = 0; i < 12; ++i) message.place += ", Kel. Berbas Pantai";
  auto const outcome = stage.sent(message);
  REQUIRE(std::holds_alternative<Sent>(outcome));
  CHECK(std::get<Sent>(outcome).references.size() == 3);
  CHECK(stage.until([&] { return stage.receipts.recorded.size() == 3; }));
  auto const line = smsc.logged("message", message.address);
  REQUIRE(line);
  CHECK(line->find(stage.channel->preview(message)) != std::string::npos);
}

TEST_CASE("a text beyond GSM 7-bit arrives letter by letter", "[sms][peers]") {
  TestSmsc smsc({"--quiet", "0"});
  auto settings = Stage::settings(smsc.port());
  settings.transliterate = false;
  Stage stage(settings);
  REQUIRE(stage.up());
  auto message = an_alert(1);
  message.event = "Banjir 😀 字 – “rob”";
  REQUIRE(std::holds_alternative<Sent>(stage.sent(message)));
  CHECK(smsc.logged("message", "Banjir 😀 字 – “rob”"));
}

TEST_CASE("what presses most is flashed as the carrier wants it", "[sms][peers]") {
  TestSmsc smsc({"--quiet", "0"});
  auto settings = Stage::settings(smsc.port());
  settings.flash = "f0";
  Stage stage(settings);
  REQUIRE(stage.up());
  auto message = an_alert(1);
  message.priority = Priority::life;
  message.place = "Kel. {Lok Tuan}";
  CHECK(std::holds_alternative<Sent>(stage.sent(message)));
  auto const arrived = smsc.logged("submit", "Kel. {Lok Tuan}");
  REQUIRE(arrived);
  CHECK_THAT(*arrived, ContainsSubstring("\"coding\":240"));
}

TEST_CASE("an SMSC that is down is said to be, and used as soon as it is up", "[sms][peers]") {
  auto const port = test::free_port();
  Stage stage(Stage::settings(port));
  REQUIRE(stage.until([&] { return stage.channel->tried_once(); }));
  CHECK(stage.channel->state() == LinkState::down);
  CHECK_THAT(stage.channel->state_reason(), ContainsSubstring("refused"));
  auto const early = stage.sent(an_alert(1));
  REQUIRE(std::holds_alternative<FailedTemporarily>(early));
  CHECK(std::get<FailedTemporarily>(early).whole_channel);
  TestSmsc smsc({"--port", std::to_string(port)});
  REQUIRE(stage.up());
  CHECK(std::holds_alternative<Sent>(stage.sent(an_alert(1))));
  CHECK_THAT(stage.channel->state_reason(), ContainsSubstring("bound to 127.0.0.1"));
}

TEST_CASE("connections that break lose nothing and repeat no more than was in flight",
          "[sms][peers]") {
  TestSmsc smsc({"--drop-every", "60"});
  auto settings = Stage::settings(smsc.port());
  settings.window = 10;
  Stage stage(settings);
  REQUIRE(stage.up());
  std::size_t unknown = 0;
  constexpr int messages = 200;
  int next = 0;
  std::set<int> under_way, finished;
  while (finished.size() < messages) {
    for (; under_way.size() < 10 && next < messages; ++next) {
      under_way.insert(next);
      stage.send(std::to_string(next), an_alert(next));
    }
    REQUIRE(stage.until([&] { return !stage.outcomes.empty(); }));
    auto const outcomes = std::exchange(stage.outcomes, {});
    for (auto const& [name, outcome] : outcomes) {
      int const officer = std::stoi(name);
      if (std::holds_alternative<Sent>(outcome)) {
        under_way.erase(officer);
        finished.insert(officer);
        continue;
      }
      unknown += std::holds_alternative<OutcomeUnknown>(outcome) ? 1U : 0U;
      if (stage.channel->state() == LinkState::down) REQUIRE(stage.up());
      stage.send(name, an_alert(officer));
    }
  }
  CHECK(smsc.stat("binds") >= 3);
  CHECK(unknown >= 3);
  auto const accepted = static_cast<std::size_t>(smsc.stat("accepted"));
  CHECK(accepted >= messages);
  CHECK(accepted <= messages + unknown);
}

TEST_CASE("under an unknown limit everything goes with few refusals", "[sms][peers]") {
  TestSmsc smsc({"--rate", "200"});
  Stage stage(Stage::settings(smsc.port()));
  REQUIRE(stage.up());
  for (int i = 0; i < 500; ++i) stage.send(std::to_string(i), an_alert(i), seconds(60));
  REQUIRE(stage.until([&] { return stage.channel->state() == LinkState::degraded; }));
  CHECK_THAT(stage.channel->state_reason(), ContainsSubstring("slows us"));
  REQUIRE(stage.until([&] { return stage.outcomes.size() == 500; }, seconds(60)));
  CHECK(stage.count<Sent>() == 500);
  CHECK(smsc.stat("messages") == 500);
  CHECK(smsc.stat("submits") <= 600);
}

TEST_CASE("answers out of order find their messages", "[sms][peers]") {
  TestSmsc smsc({"--out-of-order", "7", "--receipts", "1"});
  Stage stage(Stage::settings(smsc.port()));
  REQUIRE(stage.up());
  for (int i = 0; i < 200; ++i) stage.send(std::to_string(i), an_alert(i));
  REQUIRE(stage.until([&] { return stage.outcomes.size() == 200; }));
  CHECK(stage.count<Sent>() == 200);
  CHECK(stage.receipts.known.size() == 200);
  CHECK(stage.until([&] { return stage.receipts.recorded.size() == 200; }));
}

TEST_CASE("an SMSC that never answers leaves outcomes unknown and is left", "[sms][peers]") {
  TestSmsc smsc({"--mute", "1"});
  auto settings = Stage::settings(smsc.port());
  settings.response_timeout = milliseconds(300);
  Stage stage(settings);
  REQUIRE(stage.up());
  for (int i = 0; i < 40; ++i) stage.send(std::to_string(i), an_alert(i), milliseconds(5000));
  REQUIRE(stage.until([&] { return stage.outcomes.size() == 40; }, seconds(6)));
  CHECK(stage.count<OutcomeUnknown>() >= 32);  // those of the window
  CHECK(stage.count<Sent>() == 0);
  REQUIRE(stage.down());
  CHECK_THAT(stage.channel->state_reason(), ContainsSubstring("enquire_link"));
  REQUIRE(smsc.command("set mute 0") == "ok\n");
  REQUIRE(stage.up());
  CHECK(std::holds_alternative<Sent>(stage.sent(an_alert(1))));
}

TEST_CASE("a send ends by its limit even while the link seems well", "[sms][peers]") {
  TestSmsc smsc({"--silent", "100"});
  Stage stage(Stage::settings(smsc.port()));
  REQUIRE(stage.up());
  auto const began = std::chrono::steady_clock::now();
  auto const outcome = stage.sent(an_alert(1), milliseconds(400));
  auto const took = std::chrono::steady_clock::now() - began;
  CHECK(std::holds_alternative<OutcomeUnknown>(outcome));
  CHECK(took >= milliseconds(390));
  CHECK(took < milliseconds(2000));
  CHECK(stage.channel->state() == LinkState::up);
}

TEST_CASE("garbage between good answers is refused and nothing of it delivered", "[sms][peers]") {
  TestSmsc smsc({"--garbage-every", "5"});
  Stage stage(Stage::settings(smsc.port()));
  REQUIRE(stage.up());
  for (int i = 0; i < 100; ++i) stage.send(std::to_string(i), an_alert(i));
  REQUIRE(stage.until([&] { return stage.outcomes.size() == 100; }));
  CHECK(stage.count<Sent>() == 100);
  CHECK(smsc.stat("binds") == 1);
  CHECK(smsc.stat("garbage") == 20);
  CHECK(stage.replies.taken.empty());
  for (auto const* kind : {"short", "huge", "noise"}) {
    REQUIRE(smsc.command(std::string("garbage ") + kind) == "ok\n");
    REQUIRE(stage.down());
    CHECK_THAT(stage.channel->state_reason(), ContainsSubstring("garbage"));
    REQUIRE(stage.up());
  }
  CHECK(std::holds_alternative<Sent>(stage.sent(an_alert(1))));
}

TEST_CASE("a refused password is said to be one and tried again slowly", "[sms][peers]") {
  TestSmsc smsc({"--refuse-bind", "0x0e"});
  auto settings = Stage::settings(smsc.port());
  settings.retry_refused = milliseconds(1500);
  Stage stage(settings);
  REQUIRE(stage.until([&] { return stage.channel->tried_once(); }));
  CHECK_THAT(stage.channel->state_reason(), ContainsSubstring("invalid password"));
  CHECK_THAT(stage.channel->state_reason(), ContainsSubstring("check system_id"));
  CHECK(smsc.stat("connections") == 1);
  REQUIRE(smsc.command("set refuse-bind 0") == "ok\n");
  REQUIRE(stage.up());
  CHECK(smsc.stat("connections") == 2);
}

TEST_CASE("name, password or bind refused: five minutes pass before the next try", "[sms][peers]") {
  for (auto const* status : {"0x0d", "0x0e", "0x0f"}) {
    CAPTURE(status);
    TestSmsc smsc({"--refuse-bind", status});
    Stage stage(Stage::settings(smsc.port()));
    REQUIRE(stage.until([&] { return stage.channel->tried_once(); }));
    CHECK(stage.channel->is_refused());
    CHECK_THAT(stage.channel->state_reason(), ContainsSubstring("next try in 5m"));
  }
}

TEST_CASE("receipts that overtake their answers are kept until the message is known",
          "[sms][peers]") {
  TestSmsc smsc({"--receipts", "0", "--receipt-before", "1"});
  Stage stage(Stage::settings(smsc.port()));
  REQUIRE(stage.up());
  for (int i = 0; i < 50; ++i) stage.send(std::to_string(i), an_alert(i));
  REQUIRE(stage.until([&] { return stage.receipts.recorded.size() == 50; }));
  CHECK(stage.receipts.unknown >= 1);
  CHECK(stage.until([&] { return smsc.stat("delivered") == 50; }));
  CHECK(smsc.stat("deliver_refused") == 0);
}

TEST_CASE("receipts in another base than the answers are matched", "[sms][peers]") {
  TestSmsc smsc({"--receipts", "1", "--id-form", "upper", "--receipt-id", "decimal"});
  Stage stage(Stage::settings(smsc.port()));
  REQUIRE(stage.up());
  for (int i = 0; i < 20; ++i) stage.send(std::to_string(i), an_alert(i));
  CHECK(stage.until([&] { return stage.receipts.recorded.size() == 20; }));
}

TEST_CASE("a reply is confirmed only when it is safe, until then the SMSC keeps it",
          "[sms][peers]") {
  TestSmsc smsc;
  Stage stage(Stage::settings(smsc.port()));
  REQUIRE(stage.up());
  stage.replies.failures_left = 2;
  REQUIRE(smsc.command("mo +6281210000007 Siap 4821, merapat") == "ok\n");
  REQUIRE(stage.until([&] { return !stage.replies.taken.empty(); }));
  CHECK(stage.replies.taken[0].text == "Siap 4821, merapat");
  CHECK(stage.until([&] { return smsc.stat("delivered") == 1; }));
  CHECK(smsc.stat("deliver_refused") == 2);
}

TEST_CASE("a reply in parts is confirmed only when the whole is safe", "[sms][peers]") {
  TestSmsc smsc;
  Stage stage(Stage::settings(smsc.port()));
  REQUIRE(stage.up());
  stage.replies.failures_left = 1;
  std::string text = "SIAP 4821";
  for (int i = 0; i < 40; ++i) text += " merapat";
  REQUIRE(smsc.command("mo +6281210000007 " + text) == "ok\n");
  REQUIRE(stage.until([&] { return !stage.replies.taken.empty(); }));
  CHECK(stage.replies.taken[0].text == text);
  CHECK(stage.until([&] { return smsc.stat("delivered") == 3; }));
  CHECK(smsc.stat("deliver_refused") == 3);
}

TEST_CASE("after a refused password an SMSC that is merely down is tried again soon",
          "[sms][peers]") {
  std::optional<TestSmsc> smsc(std::in_place, std::vector<std::string>{"--refuse-bind", "0x0e"});
  auto settings = Stage::settings(smsc->port());
  settings.retry_refused = milliseconds(300);
  Stage stage(settings);
  REQUIRE(stage.until([&] { return stage.channel->tried_once(); }));
  CHECK_THAT(stage.channel->state_reason(), ContainsSubstring("check system_id"));
  smsc.reset();
  CHECK(stage.until([&] {
    return stage.channel->state_reason().find("Connection refused") != std::string::npos;
  }));
  CHECK(stage.channel->state_reason().find("check system_id") == std::string::npos);
}

TEST_CASE("a number the network does not know fails for good", "[sms][peers]") {
  TestSmsc smsc({"--bad-destination", "10000005"});
  Stage stage(Stage::settings(smsc.port()));
  REQUIRE(stage.up());
  auto const outcome = stage.sent(an_alert(5));
  REQUIRE(std::holds_alternative<Failed>(outcome));
  CHECK(std::get<Failed>(outcome).reason == "invalid destination address (0x0b)");
  CHECK(std::holds_alternative<Sent>(stage.sent(an_alert(6))));
}

TEST_CASE("answers in pieces and the SMSC's own questions disturb nothing", "[sms][peers]") {
  TestSmsc smsc({"--chop", "1", "--enquire-every", "5", "--jitter", "10"});
  Stage stage(Stage::settings(smsc.port()));
  REQUIRE(stage.up());
  for (int i = 0; i < 100; ++i) stage.send(std::to_string(i), an_alert(i));
  REQUIRE(stage.until([&] { return stage.outcomes.size() == 100; }));
  CHECK(stage.count<Sent>() == 100);
  CHECK(smsc.stat("nacks") == 0);
}

TEST_CASE("a stop waits for answers under way, then says goodbye", "[sms][peers]") {
  TestSmsc smsc({"--quiet", "0", "--delay", "300"});
  Stage stage(Stage::settings(smsc.port()));
  REQUIRE(stage.up());
  stage.send("one", an_alert(1));
  REQUIRE(stage.until([&] { return smsc.stat("submits") == 1; }));
  stage.stop();
  REQUIRE(stage.outcomes.contains("one"));
  CHECK(std::holds_alternative<Sent>(stage.outcomes.at("one")));
  CHECK(smsc.logged("closed", ""));
  CHECK(std::holds_alternative<FailedTemporarily>(stage.sent(an_alert(2))));
}

TEST_CASE("the contract's rate is kept, counted in parts", "[sms][peers]") {
  TestSmsc smsc;
  auto settings = Stage::settings(smsc.port());
  settings.rate_per_s = 50;
  Stage stage(settings);
  REQUIRE(stage.up());
  for (int i = 0; i < 60; ++i) stage.send(std::to_string(i), an_alert(i));
  REQUIRE(stage.until([&] { return stage.outcomes.size() == 60; }));
  auto const took_ms = (smsc.stat("last_ns") - smsc.stat("first_ns")) / 1000000;
  CHECK(took_ms >= 1000);
  CHECK(took_ms < 3000);
}

TEST_CASE("an SMSC built on Net::SMPP understands us, and we it", "[sms][.net_smpp]") {
  test::Child smsc({"perl", "net_smpp_smsc.pl"});
  auto const listening = smsc.line_with("listening ", seconds(10));
  REQUIRE(listening);
  Stage stage(Stage::settings(static_cast<std::uint16_t>(std::stoi(listening->substr(10)))));
  REQUIRE(stage.up());
  CHECK(smsc.line_with("bind siaga secret", seconds(10)));
  auto const message = an_alert(1);
  auto const outcome = stage.sent(message);
  REQUIRE(std::holds_alternative<Sent>(outcome));
  CHECK(std::get<Sent>(outcome).references == std::vector<std::string>{"abc1"});
  auto const submit = "submit 6281210000001 " + stage.channel->preview(message);
  CHECK(smsc.line_with(submit, seconds(10)));
  CHECK(stage.until([&] { return stage.receipts.recorded.contains("abc1"); }));
  REQUIRE(stage.until([&] { return !stage.replies.taken.empty(); }));
  CHECK(stage.replies.taken[0].address == message.address);
  CHECK(stage.replies.taken[0].text == "SIAP 4821");
  stage.stop();
  for (auto const* last : {"confirmed 0", "confirmed 0", "unbound"})
    CHECK(smsc.line_with(last, seconds(10)));
}

TEST_CASE("ten thousand messages go through a window of 64", "[sms][peers]") {
  TestSmsc smsc;
  auto settings = Stage::settings(smsc.port());
  settings.window = 64;
  Stage stage(settings);
  REQUIRE(stage.up());
  int next = 0, finished = 0;
  std::function<void()> const fill = [&] {
    finished += static_cast<int>(stage.count<Sent>());
    stage.outcomes.clear();
    for (; next < 10000 && next - finished < 64; ++next)
      stage.send(std::to_string(next), an_alert(next));
  };
  REQUIRE(stage.until([&] { return fill(), finished == 10000; }, seconds(60)));
  CHECK(smsc.stat("messages") == 10000);
  auto const took_ns = smsc.stat("last_ns") - smsc.stat("first_ns");
  WARN("submits/s through Channel::send: " << 10000 * 1000000000.0 / static_cast<double>(took_ns));
}

}  // namespace siaga::sms
