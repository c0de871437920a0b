// What went wrong for others in the field, at the real channel: each case is a complaint about some
// SMPP client, as it should have been.
#include "tests/sms/smsc_stage.hpp"
#include "tests/support/authority.hpp"

namespace siaga::sms {
namespace {

std::string long_text() {
  std::string text = "SIAP 4821";
  for (int i = 0; i < 40; ++i) text += " merapat";
  return text;
}

}  // namespace

TEST_CASE("while the SMSC slows us down its questions for life are answered", "[sms][field]") {
  TestSmsc smsc({"--throttle", "100", "--enquire-every", "20"});
  Stage stage(Stage::settings(smsc.port()));
  REQUIRE(stage.up());
  stage.send("one", an_alert(1), seconds(30));
  REQUIRE(stage.until([&] { return stage.channel->state() == LinkState::degraded; }));
  auto const before = smsc.stat("alive");
  CHECK(stage.until([&] { return smsc.stat("alive") >= before + 20; }));
  CHECK(smsc.stat("binds") == 1);
}

TEST_CASE("a session the SMSC still counts is waited for, without alarm", "[sms][field]") {
  TestSmsc smsc({"--binds-max", "1"});
  std::optional<Stage> old(std::in_place, Stage::settings(smsc.port()));
  REQUIRE(old->up());
  Stage stage(Stage::settings(smsc.port()));
  REQUIRE(stage.until([&] { return stage.channel->tried_once(); }));
  CHECK_THAT(stage.channel->state_reason(), ContainsSubstring("already bound"));
  CHECK_FALSE(stage.channel->is_refused());
  old.reset();
  REQUIRE(stage.up());
  CHECK(std::holds_alternative<Sent>(stage.sent(an_alert(1))));
}

TEST_CASE("what was learnt of the SMSC's pace outlives a connection", "[sms][field]") {
  TestSmsc smsc({"--rate", "100"});
  Stage stage(Stage::settings(smsc.port()));
  REQUIRE(stage.up());
  auto const send_all = [&](int from, int to) {
    for (int i = from; i < to; ++i) stage.send(std::to_string(i), an_alert(i), seconds(60));
    auto const count = static_cast<std::size_t>(to);
    return stage.until([&] { return stage.outcomes.size() == count; }, seconds(60));
  };
  REQUIRE(send_all(0, 250));
  REQUIRE(smsc.command("drop") == "ok\n");
  REQUIRE(stage.down());
  REQUIRE(stage.up());
  REQUIRE(smsc.command("reset") == "ok\n");
  REQUIRE(send_all(250, 500));
  CHECK(stage.count<Sent>() == 500);
  CHECK(smsc.stat("throttled") <= 12);
}

TEST_CASE("a receipt that could not be stored is asked for again", "[sms][field]") {
  TestSmsc smsc({"--receipts", "1"});
  Stage stage(Stage::settings(smsc.port()));
  REQUIRE(stage.up());
  stage.receipts.failures_left = 2;
  auto const outcome = stage.sent(an_alert(1));
  REQUIRE(std::holds_alternative<Sent>(outcome));
  auto const id = std::get<Sent>(outcome).references.at(0);
  REQUIRE(stage.until([&] { return stage.receipts.recorded.contains(id); }));
  CHECK(stage.until([&] { return smsc.stat("delivered") == 1; }));
  CHECK(smsc.stat("deliver_refused") == 2);
}

TEST_CASE("receipts that say it did not arrive are told as failed", "[sms][field]") {
  for (auto const* state : {"UNDELIV", "EXPIRED", "REJECTD", "DELETED"}) {
    TestSmsc smsc({"--receipts", "1", "--receipt-state", state});
    Stage stage(Stage::settings(smsc.port()));
    REQUIRE(stage.up());
    auto const outcome = stage.sent(an_alert(1));
    REQUIRE(std::holds_alternative<Sent>(outcome));
    auto const id = std::get<Sent>(outcome).references.at(0);
    REQUIRE(stage.until([&] { return stage.receipts.recorded.contains(id); }));
    CHECK(stage.receipts.recorded[id] == DeliveryState::failed);
  }
}

TEST_CASE("receipts and replies that come as data_sm count, and are answered as such",
          "[sms][field]") {
  for (auto const* form : {"text", "tlv", "both"}) {
    CAPTURE(form);
    TestSmsc smsc({"--deliver-as", "data_sm", "--receipts", "1", "--receipt-form", form});
    Stage stage(Stage::settings(smsc.port()));
    REQUIRE(stage.up());
    auto const outcome = stage.sent(an_alert(1));
    REQUIRE(std::holds_alternative<Sent>(outcome));
    auto const id = std::get<Sent>(outcome).references.at(0);
    REQUIRE(stage.until([&] { return stage.receipts.recorded.contains(id); }));
    REQUIRE(smsc.command("mo +6281210000007 SIAP 4821") == "ok\n");
    REQUIRE(stage.until([&] { return stage.replies.taken.size() == 1; }));
    CHECK(stage.replies.taken[0].text == "SIAP 4821");
    CHECK(stage.until([&] { return smsc.stat("delivered") == 2; }));
    CHECK(smsc.stat("nacks") == 0);
  }
}

TEST_CASE("an intermediate notice or a word no one knows settles nothing", "[sms][field]") {
  for (auto const* state : {"ENROUTE", "ACCEPTD", "BUFFRED", "ACKED", "BADSTAT"}) {
    TestSmsc smsc({"--receipts", "1", "--receipt-state", state, "--receipt-form", "text"});
    Stage stage(Stage::settings(smsc.port()));
    REQUIRE(stage.up());
    REQUIRE(std::holds_alternative<Sent>(stage.sent(an_alert(1))));
    CHECK(stage.until([&] { return smsc.stat("delivered") == 1; }));
    CHECK(stage.receipts.recorded.empty());
    CHECK(stage.replies.taken.empty());
  }
}

TEST_CASE("a long reply is read whole, however its parts are joined and in any order",
          "[sms][field]") {
  TestSmsc smsc;
  Stage stage(Stage::settings(smsc.port()));
  REQUIRE(stage.up());
  std::size_t replies = 0;
  for (auto const* form : {"udh", "udh16", "sar", "payload"})
    for (auto const* reverse : {"0", "1"}) {
      CAPTURE(form, reverse);
      REQUIRE(smsc.command(std::string("set mo-form ") + form) == "ok\n");
      REQUIRE(smsc.command(std::string("set mo-reverse ") + reverse) == "ok\n");
      REQUIRE(smsc.command("mo +6281210000007 " + long_text()) == "ok\n");
      ++replies;
      REQUIRE(stage.until([&] { return stage.replies.taken.size() == replies; }));
      CHECK(stage.replies.taken.back().text == long_text());
      CHECK(stage.replies.taken.back().address == "+6281210000007");
    }
}

TEST_CASE("replies of two officers in parts that come mixed are told apart", "[sms][field]") {
  TestSmsc smsc;
  Stage stage(Stage::settings(smsc.port()));
  REQUIRE(stage.up());
  for (auto const* officer : {"+6281210000007", "+6281210000008"})
    REQUIRE(smsc.command(std::string("mo ") + officer + " " + long_text() + " " + officer) ==
            "ok\n");
  REQUIRE(stage.until([&] { return stage.replies.taken.size() == 2; }));
  for (auto const& reply : stage.replies.taken)
    CHECK(reply.text == long_text() + " " + reply.address);
}

TEST_CASE("an answer to a submit nobody made harms nothing", "[sms][field]") {
  TestSmsc smsc;
  Stage stage(Stage::settings(smsc.port()));
  REQUIRE(stage.up());
  REQUIRE(smsc.command("garbage stray") == "ok\n");
  CHECK(std::holds_alternative<Sent>(stage.sent(an_alert(1))));
  CHECK(smsc.stat("binds") == 1);
}

TEST_CASE("an SMSC that asks for our certificate is shown it, and is not fooled without one",
          "[sms][field]") {
  test::Authority authority;
  authority.sign("smsc", "DNS:localhost");
  authority.sign("siaga", "DNS:siaga.example");
  TestSmsc smsc({"--tls-cert", authority.file("smsc.pem"), "--tls-key", authority.file("smsc.key"),
                 "--tls-ca", authority.file("ca.pem")});
  auto settings = Stage::settings(smsc.port());
  settings.host = "localhost";
  settings.tls = true;
  settings.ca_file = authority.file("ca.pem");
  {
    Stage without(settings);
    REQUIRE(without.until([&] { return without.channel->tried_once(); }));
    CHECK(without.channel->state() == LinkState::down);
  }
  settings.cert_file = authority.file("siaga.pem");
  settings.key_file = authority.file("siaga.key");
  Stage with(settings);
  REQUIRE(with.up());
  CHECK(std::holds_alternative<Sent>(with.sent(an_alert(1))));
  CHECK(smsc.stat("binds") == 1);
}

TEST_CASE("an SMSC that accepts connections and says nothing is given up in time", "[sms][field]") {
  TestSmsc smsc({"--mute-bind", "1"});
  auto settings = Stage::settings(smsc.port());
  settings.response_timeout = milliseconds(300);
  Stage stage(settings);
  REQUIRE(stage.until([&] { return stage.channel->tried_once(); }));
  CHECK_THAT(stage.channel->state_reason(), ContainsSubstring("does not answer the bind"));
  REQUIRE(smsc.command("set mute-bind 0") == "ok\n");
  CHECK(stage.up());
}

TEST_CASE("a bind that takes its time is waited for", "[sms][field]") {
  TestSmsc smsc({"--bind-delay", "700"});
  Stage stage(Stage::settings(smsc.port()));
  REQUIRE(stage.up());
  CHECK(smsc.stat("connections") == 1);
}

TEST_CASE("an idle link that died without a word is found out", "[sms][field]") {
  TestSmsc smsc({"--mute-enquire", "1"});
  auto settings = Stage::settings(smsc.port());
  settings.enquire_every = milliseconds(200);
  settings.response_timeout = milliseconds(300);
  Stage stage(settings);
  REQUIRE(stage.up());
  REQUIRE(stage.down());
  CHECK_THAT(stage.channel->state_reason(), ContainsSubstring("does not answer enquire_link"));
}

}  // namespace siaga::sms
