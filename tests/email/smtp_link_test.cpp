// The real channel against a real mail server process that misbehaves on demand.
#include <algorithm>
#include <set>

#include "tests/email/rig.hpp"
#include "tests/email/sample.hpp"
#include "tests/email/transcript.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/flood.hpp"

namespace siaga::email {
namespace {

using namespace std::chrono_literals;
using test::is;
using test::MailSink;
using test::reason_of;
using test::Rig;
using test::sample_alert;
using test::settings_for;

Message numbered(int i) {
  auto message = sample_alert();
  message.delivery = DeliveryId(i);
  message.address = "p" + std::to_string(i) + "@bontang.example";
  message.link = "http://127.0.0.1:8080/a/token" + std::to_string(i);
  return message;
}

std::vector<Message> numbered_up_to(int count) {
  std::vector<Message> messages;
  for (int i = 1; i <= count; ++i) messages.push_back(numbered(i));
  return messages;
}

SmtpSettings one_connection(MailSink const& sink) {
  auto settings = settings_for(sink.url());
  settings.connections = 1;
  return settings;
}

bool whole_channel(SendOutcome const& outcome) {
  auto const* failed = std::get_if<FailedTemporarily>(&outcome);
  return failed != nullptr && failed->whole_channel;
}

}  // namespace

TEST_CASE("an alert arrives as it was written, and its Message-ID is the reference", "[email]") {
  MailSink sink;
  Rig rig(settings_for(sink.url()));
  rig.start();
  CHECK(rig.channel().state() == LinkState::up);
  auto const outcome = rig.send(sample_alert());
  REQUIRE(is<Sent>(outcome));
  auto const mail = sink.mail();
  CHECK(mail.from == "siaga@bontang.example");
  CHECK(mail.to == "kabag.ops@polres-bontang.example");
  CHECK(mail.subject == "SIAGA: Unjuk rasa - Kel. Lok Tuan (4821)");
  CHECK(mail.link == sample_alert().link);
  REQUIRE(std::get<Sent>(outcome).references.size() == 1);
  CHECK(mail.message_id == std::get<Sent>(outcome).references[0]);
  auto const shown = mail.subject + "\n\n" + mail.text;
  CHECK(rig.channel().preview(sample_alert()) == shown);
}

TEST_CASE("a mail that may not begin any more is not handed over, and its connection serves on",
          "[email]") {
  MailSink sink;
  Rig rig(settings_for(sink.url()));
  rig.start();
  auto const stopped = sample_alert();
  stopped.permission.hold();
  CHECK(whole_channel(rig.send(stopped)));
  CHECK(stopped.permission.refused());
  REQUIRE(is<Sent>(rig.send(sample_alert())));
  CHECK(sink.count("mails") == 1);
  CHECK(sink.count("connections") == 1);
}

TEST_CASE("many mails share few connections, with PIPELINING and without", "[email]") {
  MailSink sink;
  for (std::string const pipelining : {"on", "off"}) {
    sink.tell("pipelining " + pipelining);
    sink.tell("reset");
    Rig rig(settings_for(sink.url()));
    rig.start();
    auto const outcomes = rig.send_all(numbered_up_to(24), 8);
    CHECK(std::all_of(outcomes.begin(), outcomes.end(), is<Sent>));
    CHECK(sink.count("connections") <= 8);
    CHECK(sink.count("refused") == 0);
    std::set<std::string> recipients;
    for (auto const& mail : sink.mails(24)) {
      auto const number = mail.to.substr(1, mail.to.find('@') - 1);
      CHECK(mail.link == "http://127.0.0.1:8080/a/token" + number);
      recipients.insert(mail.to);
    }
    CHECK(recipients.size() == 24);
  }
}

TEST_CASE("a refusal is temporary or permanent as the server says, and costs no connection",
          "[email]") {
  MailSink sink;
  Rig rig(one_connection(sink));
  rig.start();
  for (std::string const stage : {"mail", "rcpt", "data", "body"}) {
    INFO(stage);
    sink.tell("reply " + stage + " 451 4.3.0 later times 1");
    auto const later = rig.send(numbered(1));
    CHECK(is<FailedTemporarily>(later));
    CHECK_FALSE(whole_channel(later));
    sink.tell("reply " + stage + " 550 5.7.1 never times 1");
    auto const never = rig.send(numbered(2));
    CHECK(is<Failed>(never));
    CHECK_THAT(reason_of(never), ContainsSubstring("550 5.7.1 never"));
    CHECK(is<Sent>(rig.send(numbered(3))));
  }
  CHECK(sink.count("connections") == 1);
  CHECK(rig.channel().state() == LinkState::up);
}

TEST_CASE("a refusal of one recipient does not touch another", "[email]") {
  MailSink sink;
  Rig rig(settings_for(sink.url()));
  rig.start();
  sink.tell("reply rcpt 550 5.1.1 <p2@bontang.example> unknown for p2@bontang.example");
  auto const outcomes = rig.send_all(numbered_up_to(3), 3);
  CHECK(is<Sent>(outcomes[0]));
  CHECK(is<Failed>(outcomes[1]));
  CHECK(reason_of(outcomes[1]).find("bontang.example") == std::string::npos);
  CHECK(is<Sent>(outcomes[2]));
}

TEST_CASE("a server that hangs holds a send no longer than its limit, at every stage", "[email]") {
  for (std::string const pipelining : {"on", "off"}) {
    MailSink sink;
    sink.tell("pipelining " + pipelining);
    Rig rig(one_connection(sink));
    rig.start();
    for (std::string const stage : {"mail", "rcpt", "data", "body"}) {
      INFO(stage);
      sink.tell("hang " + stage + " times 1");
      auto const begin = std::chrono::steady_clock::now();
      auto const outcome = rig.send(numbered(1), 200ms);
      auto const took = std::chrono::steady_clock::now() - begin;
      CHECK(took >= 190ms);
      CHECK(took < 2s);
      if (stage == "body") {
        CHECK(is<OutcomeUnknown>(outcome));
      } else {
        CHECK(is<FailedTemporarily>(outcome));
      }
      CHECK(is<Sent>(rig.send(numbered(2))));  // over a new connection
    }
  }
}

TEST_CASE("a server that hangs before it takes mail makes the channel down", "[email]") {
  for (std::string const stage : {"greeting", "ehlo"}) {
    INFO(stage);
    MailSink sink;
    sink.tell("hang " + stage);
    test::check_down_within_limit(one_connection(sink), numbered(1));
  }
}

TEST_CASE("a reused connection that hangs at RSET is given up, and the next mail goes by a new one",
          "[email]") {
  for (std::string const pipelining : {"on", "off"}) {
    MailSink sink;
    sink.tell("pipelining " + pipelining);
    Rig rig(one_connection(sink));
    rig.start();
    sink.tell("hang rset times 1");
    auto const outcome = rig.send(numbered(1), 200ms);
    CHECK(is<FailedTemporarily>(outcome));
    CHECK_FALSE(whole_channel(outcome));
    CHECK(is<Sent>(rig.send(numbered(2))));
    CHECK(rig.channel().state() == LinkState::up);
  }
}

TEST_CASE("an alert that expires while the server is slow to greet is not sent", "[email]") {
  MailSink sink;
  Rig rig(one_connection(sink));
  sink.tell("slow greeting 400 times 1");
  auto message = numbered(1);
  message.expires = test::RealClock().utc_now() + 200ms;
  auto const outcome = rig.send(message);
  REQUIRE(is<Failed>(outcome));
  CHECK_THAT(reason_of(outcome), ContainsSubstring("expired"));
  CHECK(is<Sent>(rig.send(numbered(2))));  // the connection is good
  CHECK(sink.count("mails") == 1);
  CHECK(sink.count("connections") == 1);
}

TEST_CASE("a reused connection that was closed or says 421 costs no message", "[email]") {
  MailSink sink;
  Rig rig(one_connection(sink));
  rig.start();
  REQUIRE(is<Sent>(rig.send(numbered(1))));
  for (std::string const trouble :
       {"reply rset 421 4.4.2 idle too long", "drop rset", "drop mail", "reply mail 421 bye",
        "drop rcpt", "drop data", "reply data 421 bye"}) {
    INFO(trouble);
    sink.tell(trouble + " times 1");
    CHECK(is<Sent>(rig.send(numbered(2))));
  }
  sink.tell("down");
  sink.tell("up");
  CHECK(is<Sent>(rig.send(numbered(3))));
  CHECK(rig.channel().state() == LinkState::up);
}

TEST_CASE("a connection lost after the final dot is unknown, and the retry has the same Message-ID",
          "[email]") {
  MailSink sink;
  Rig rig(one_connection(sink));
  rig.start();
  sink.tell("drop body times 1");
  auto const lost = rig.send(numbered(1));
  CHECK(is<OutcomeUnknown>(lost));
  auto retry = numbered(1);
  retry.attempt = 2;
  retry.possible_duplicate = true;
  CHECK(is<Sent>(rig.send(retry)));
  auto const mails = sink.mails(2);
  CHECK(mails[0].answered == false);
  CHECK(mails[1].answered == true);
  CHECK(mails[0].message_id == mails[1].message_id);
}

TEST_CASE("a fresh connection dropped before the final dot is temporary", "[email]") {
  MailSink sink;
  for (std::string const stage : {"mail", "rcpt", "data"}) {
    INFO(stage);
    Rig rig(one_connection(sink));
    sink.tell("drop " + stage + " times 1");
    CHECK(is<FailedTemporarily>(rig.send(numbered(1))));
  }
}

TEST_CASE("down, then up: the channel comes back by itself", "[email]") {
  MailSink sink;
  sink.tell("down");
  Rig rig(settings_for(sink.url()));
  rig.start();
  CHECK(rig.channel().state() == LinkState::down);
  CHECK_THAT(rig.channel().state_reason(), ContainsSubstring("refused"));
  auto const outcome = rig.send(numbered(1));
  CHECK(whole_channel(outcome));
  CHECK(std::get<FailedTemporarily>(outcome).retry_after <= 1s);
  CHECK(std::get<FailedTemporarily>(outcome).retry_after > 0ms);
  sink.tell("up");
  CHECK(rig.until([&] { return rig.channel().state() == LinkState::up; }));
  CHECK(is<Sent>(rig.send(numbered(2))));
  sink.tell("down");
  CHECK(whole_channel(rig.send(numbered(3))));
  CHECK(rig.channel().state() == LinkState::down);
  sink.tell("up");
  CHECK(rig.until([&] { return rig.channel().state() == LinkState::up; }));
}

TEST_CASE("a server that bears fewer connections narrows the channel instead of downing it",
          "[email]") {
  MailSink sink;
  Rig rig(settings_for(sink.url()));
  rig.start();
  sink.tell("reply greeting 421 4.7.0 too many connections");
  auto const outcomes = rig.send_all(numbered_up_to(4), 4);
  CHECK(std::count_if(outcomes.begin(), outcomes.end(), is<Sent>) == 1);
  CHECK(std::count_if(outcomes.begin(), outcomes.end(), whole_channel) == 3);
  CHECK(rig.channel().width() == 1);
  CHECK(rig.channel().state() == LinkState::degraded);
  CHECK(is<Sent>(rig.send(numbered(9))));
}

TEST_CASE("a server that says 421 to mail over its only connection is down, not up", "[email]") {
  MailSink sink;
  Rig rig(one_connection(sink));
  sink.tell("reply mail 421 4.3.2 shutting down times 1");
  CHECK(whole_channel(rig.send(numbered(1))));
  CHECK(rig.channel().state() == LinkState::down);
  CHECK_THAT(rig.channel().state_reason(), ContainsSubstring("shutting down"));
}

TEST_CASE("probing and sending at once never open more connections than configured", "[email]") {
  MailSink sink;
  sink.tell("slow greeting 200");
  auto settings = settings_for(sink.url());
  settings.connections = 3;
  Rig rig(settings);
  auto const outcomes = rig.send_all_while_starting(numbered_up_to(3));
  CHECK(std::count_if(outcomes.begin(), outcomes.end(), is<Sent>) == 2);
  CHECK(std::count_if(outcomes.begin(), outcomes.end(), whole_channel) == 1);
  CHECK(sink.count("connections") == 3);
}

TEST_CASE("an unused connection is closed after its time and made anew when needed", "[email]") {
  MailSink sink;
  auto settings = one_connection(sink);
  settings.idle_timeout = 1s;
  Rig rig(settings);
  rig.start();
  CHECK(sink.count("open") == 1);
  CHECK(rig.until([&] { return sink.count("open") == 0; }));
  CHECK(rig.channel().state() == LinkState::up);
  CHECK(is<Sent>(rig.send(numbered(1))));
}

TEST_CASE("stop ends what hangs within a few seconds and says goodbye", "[email]") {
  MailSink sink;
  Rig rig(settings_for(sink.url()));
  rig.start();
  sink.tell("hang body times 1");
  auto const begin = std::chrono::steady_clock::now();
  auto const outcome =
      rig.stop_while_sending(numbered(1), [&] { return sink.count("mails") == 1; });
  CHECK(std::chrono::steady_clock::now() - begin < 5s);
  CHECK(is<OutcomeUnknown>(outcome));
  CHECK(rig.until([&] { return sink.count("open") == 0; }));
}

TEST_CASE("twenty thousand mails go out at speed", "[.bench]") {
  MailSink sink({"--quiet"});
  Rig rig(settings_for(sink.url()));
  rig.start();
  auto const messages = numbered_up_to(20'000);
  auto const begin = std::chrono::steady_clock::now();
  auto const outcomes = rig.send_all(messages, 8);
  auto const took = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin);
  CHECK(std::all_of(outcomes.begin(), outcomes.end(), is<Sent>));
  WARN("mails per second: " << 20'000 / took.count());
}

TEST_CASE("a mail server that floods with lines and never reads costs no memory", "[email]") {
  auto const line =
      GENERATE(as<std::string>(), "220 ready\r\n", "250-more\r\n", "no answer at all");
  siaga::test::FloodingPeer peer(nullptr, line);
  auto const before = siaga::test::memory_bytes();
  Rig rig(settings_for("smtp://127.0.0.1:" + std::to_string(peer.port())));
  rig.start();
  for (int i = 0; i < 10; ++i) (void)rig.send(sample_alert(), 200ms);
  CHECK(siaga::test::memory_bytes() < before + 8'000'000);
}

TEST_CASE("a recipient at whom the server drops its connection stops nobody else, and is told of",
          "[email]") {
  MailSink sink;
  sink.tell("drop rcpt for p7@bontang.example");
  Rig rig(settings_for(sink.url()));
  rig.start();
  auto const outcomes = rig.send_all(numbered_up_to(20), 4);
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    CHECK(is<Sent>(outcomes[i]) == (i != 6));
    CHECK(link_ended(outcomes[i]) == (i == 6));
  }
}

TEST_CASE("a server that closes with 421 at one recipient is told of as the end of its link",
          "[email]") {
  MailSink sink;
  sink.tell("reply rcpt 421 4.3.2 closing for p7@bontang.example");
  Rig rig(one_connection(sink));
  rig.start();
  CHECK(link_ended(rig.send(numbered(7))));
}

}  // namespace siaga::email
