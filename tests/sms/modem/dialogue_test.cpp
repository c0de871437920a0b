#include "protocols/sms/modem/dialogue.hpp"

#include <optional>

#include "tests/support/catch.hpp"

namespace siaga::sms {
namespace {

constexpr std::string_view pdu = "0021000C91261811000010000005E8329BFD06";

// A dialogue whose modem is the test. It has proved itself once, unless `fresh`.
struct Line final : DialogueOwner {
  Dialogue dialogue{*this};
  SteadyTime now{milliseconds(1000)};
  std::vector<AtAnswer> answers;
  std::vector<std::string> notices;  // with their PDU

  explicit Line(bool fresh = false) {
    if (fresh) return;
    ask("AT");
    say("+CMEE: 1\r\n\r\nOK\r\nOK\r\n");
    answers.clear();
    (void)written();
  }
  void on_answer(AtAnswer answer) override { answers.push_back(std::move(answer)); }
  void on_notice(AtNotice const& notice) override {
    notices.push_back(std::string(notice.line) +
                      (notice.pdu.empty() ? "" : "|" + std::string(notice.pdu)));
  }
  void ask(std::string text, std::string with = {}) {
    dialogue.start(AtCommand(std::move(text), milliseconds(60000), std::move(with)), now);
  }
  void say(std::string_view text) { dialogue.receive(text, now); }
  void wait(milliseconds time) {
    now += time;
    dialogue.tick(now);
  }
  std::string written() { return std::exchange(dialogue.output(), {}); }
};

}  // namespace

TEST_CASE("an answer is its lines up to the final result, without the echo", "[modem]") {
  Line line;
  line.ask("AT+CSQ");
  CHECK(line.written() == "AT+CSQ\r");
  line.say("AT+CSQ\r\r\n+CSQ: 20,99\r\n\r\nOK\r\n");
  REQUIRE(line.answers.size() == 1);
  CHECK(line.answers[0].ok());
  CHECK(line.answers[0].lines == std::vector<std::string>{"+CSQ: 20,99"});
  CHECK(line.answers[0].values("+CSQ") == "20,99");
  CHECK_FALSE(line.dialogue.busy());
}

TEST_CASE("a message goes out after its prompt, which has no line end", "[modem]") {
  Line line;
  line.ask("AT+CMGS=18", std::string(pdu));
  CHECK(line.written() == "AT+CMGS=18\r");
  line.say("\r\n> ");
  CHECK(line.written() == std::string(pdu) + "\x1a");
  line.say(std::string(pdu) + "\x1a\r\n+CMGS: 42\r\n\r\nOK\r\n");
  REQUIRE(line.answers.size() == 1);
  CHECK(line.answers[0].values("+CMGS") == "42");
}

TEST_CASE("unsolicited lines anywhere in a message's dialogue disturb nothing and are not lost",
          "[modem]") {
  Line line;
  line.ask("AT+CMGS=18", std::string(pdu));
  line.say("\r\n+CMTI: \"SM\",3\r\n\r\n> ");
  line.say("\r\n+CDS: 25\r\n0006\r\n^RSSI:15\r\n+CREG: 1\r\nRING\r\n");
  line.say("\r\n+CMT: ,4\r\n00040C91\r\n+CMGS: 7\r\n+CMTI: \"SM\",4\r\n\r\nOK\r\n");
  REQUIRE(line.answers.size() == 1);
  CHECK(line.answers[0].ok());
  CHECK(line.answers[0].lines == std::vector<std::string>{"+CMGS: 7"});
  CHECK(line.notices == std::vector<std::string>{"+CMTI: \"SM\",3", "+CDS: 25|0006", "^RSSI:15",
                                                 "+CREG: 1", "RING", "+CMT: ,4|00040C91",
                                                 "+CMTI: \"SM\",4"});
}

TEST_CASE("a message that was announced but never came does not swallow the next line", "[modem]") {
  Line line;
  line.ask("AT+CSQ");
  line.say("+CMT: ,24\r\n+CSQ: 9,99\r\nOK\r\n");
  REQUIRE(line.answers.size() == 1);
  CHECK(line.answers[0].values("+CSQ") == "9,99");
  CHECK(line.notices.empty());
}

TEST_CASE("a listing may be interrupted by a message that comes directly", "[modem]") {
  Line line;
  line.ask("AT+CMGL=4");
  line.say("+CMGL: 1,1,,4\r\n+CMT: ,2\r\nAABB\r\n00040C91\r\nOK\r\n");
  REQUIRE(line.answers.size() == 1);
  CHECK(line.answers[0].lines == std::vector<std::string>{"+CMGL: 1,1,,4", "00040C91"});
  CHECK(line.notices == std::vector<std::string>{"+CMT: ,2|AABB"});
}

TEST_CASE("without a prompt the message is called off by ESC and nothing of it was written",
          "[modem]") {
  Line line;
  line.ask("AT+CMGS=18", std::string(pdu));
  (void)line.written();
  line.wait(milliseconds(5000));
  REQUIRE(line.answers.size() == 1);
  CHECK(line.answers[0].end == AtEnd::no_prompt);
  CHECK_FALSE(line.answers[0].is_sent);
  CHECK(line.written() == "\x1b");
  line.say("\r\n> ");  // too late: the PDU must not follow
  CHECK(line.written().empty());
}

TEST_CASE("a late answer is never taken for the next command's", "[modem]") {
  Line line;
  line.ask("AT+CMGS=18", std::string(pdu));
  line.say("> ");
  line.wait(milliseconds(60000));
  REQUIRE(line.answers.size() == 1);
  CHECK(line.answers[0].end == AtEnd::silent);
  CHECK(line.answers[0].is_sent);
  (void)line.written();

  line.ask("AT+CMGS=18", std::string(pdu));
  CHECK(line.written() ==
        "\x1b"
        "AT+CFUN?\r");
  line.say("\r\n+CMGS: 41\r\n\r\nOK\r\n");  // the former message's
  CHECK(line.answers.size() == 1);
  CHECK(line.written().empty());
  line.say("+CFUN: 1\r\n\r\nOK\r\n");
  CHECK(line.written() == "AT+CMGS=18\r");
  line.say("> ");
  line.say("+CMGS: 42\r\nOK\r\n");
  REQUIRE(line.answers.size() == 2);
  CHECK(line.answers[1].values("+CMGS") == "42");
}

TEST_CASE("a port just opened is asked for proof first, by another question the second time",
          "[modem]") {
  Line line(true);
  line.ask("ATE0");
  CHECK(line.written() ==
        "\x1b"
        "AT+CMEE?\r");
  line.wait(milliseconds(3000));
  CHECK(line.written() ==
        "\x1b"
        "AT+CFUN?\r");
  line.say("AT+CMEE?\r\r\n+CMEE: 0\r\n\r\nOK\r\n");  // the first question's, late
  CHECK(line.written().empty());
  line.say("\r\n+CFUN: 1\r\n\r\nOK\r\n");
  CHECK(line.written() == "ATE0\r");
}

TEST_CASE("a modem that gives no proof twice is silent, and the command was never written",
          "[modem]") {
  Line line(true);
  line.ask("AT+CMGS=18", std::string(pdu));
  line.wait(milliseconds(3000));
  line.wait(milliseconds(3000));
  REQUIRE(line.answers.size() == 1);
  CHECK(line.answers[0].end == AtEnd::silent);
  CHECK_FALSE(line.answers[0].is_sent);
  CHECK(line.written().find("CMGS") == std::string::npos);
}

TEST_CASE("an error ends a message before its prompt, and after its PDU", "[modem]") {
  Line line;
  line.ask("AT+CMGS=18", std::string(pdu));
  line.say("\r\n+CMS ERROR: 310\r\n");
  line.ask("AT+CMGS=18", std::string(pdu));
  line.say("> ");
  line.say("\r\n+CMS ERROR: network timeout\r\n");
  REQUIRE(line.answers.size() == 2);
  CHECK(line.answers[0].code == 310);
  CHECK_FALSE(line.answers[0].is_sent);
  CHECK(line.answers[1].code == 332);
  CHECK(line.answers[1].is_sent);
}

TEST_CASE("an endless answer keeps a bounded number of lines", "[modem]") {
  Line line;
  line.ask("AT+CMGL=4");
  for (int i = 0; i < 100000; ++i) line.say("+CMGL: 1,1,,4\r\n00040C91\r\n");
  line.say("OK\r\n");
  REQUIRE(line.answers.size() == 1);
  CHECK(line.answers[0].lines.size() == answer_lines_max);
}

TEST_CASE("a command ends when its port is lost", "[modem]") {
  Line line;
  line.ask("AT+CMGS=18", std::string(pdu));
  line.say("> ");
  line.dialogue.lose();
  REQUIRE(line.answers.size() == 1);
  CHECK(line.answers[0].end == AtEnd::lost);
  CHECK(line.answers[0].is_sent);
}

}  // namespace siaga::sms
