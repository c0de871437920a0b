#include "protocols/sms/modem/at_line.hpp"

#include "protocols/sms/modem/at_fault.hpp"
#include "protocols/sms/modem/at_values.hpp"
#include "tests/support/catch.hpp"

namespace siaga::sms {
namespace {

// "<" for a prompt, else the line.
std::vector<std::string> tokens(AtLines& lines, std::string_view bytes) {
  std::vector<std::string> all;
  while (auto const token = lines.next(bytes))
    all.emplace_back(token->is_prompt ? "<" : std::string(token->line));
  return all;
}

std::vector<std::string> tokens(std::string_view bytes) {
  AtLines lines;
  return tokens(lines, bytes);
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("lines end at CR, LF or both, and empty ones are none", "[modem]") {
  CHECK(tokens("\r\nOK\r\n\r\n+CSQ: 20,99\r\rERROR\n") == Texts{"OK", "+CSQ: 20,99", "ERROR"});
}

TEST_CASE("a prompt is seen at once, with its space or without, and never inside a line",
          "[modem]") {
  CHECK(tokens("\r\n> ") == Texts{"<"});
  CHECK(tokens("\r\n>") == Texts{"<"});
  CHECK(tokens("\r\n> \r\n+CMGS: 4\r\n") == Texts{"<", "+CMGS: 4"});
  CHECK(tokens("+COPS: 0,0,\"a> b\"\r\n") == Texts{"+COPS: 0,0,\"a> b\""});
}

TEST_CASE("a line may come byte by byte", "[modem]") {
  AtLines lines;
  Texts all;
  for (char const c : std::string("\r\n+CMTI: \"SM\",3\r\n> "))
    for (auto const& one : tokens(lines, std::string_view(&c, 1))) all.push_back(one);
  CHECK(all == Texts{"+CMTI: \"SM\",3", "<"});
}

TEST_CASE("a line without end never grows memory, is dropped whole, and the next one is read",
          "[modem]") {
  AtLines lines;
  for (int i = 0; i < 10000; ++i) CHECK(tokens(lines, std::string(1000, 'A')).empty());
  CHECK(lines.held() <= at_line_octets_max);
  CHECK(tokens(lines, "\r\nOK\r\n") == Texts{"OK"});
}

TEST_CASE("NULs, Ctrl-Z and ESC among the bytes are no text", "[modem]") {
  CHECK(tokens(std::string_view("\0\0\x1b\r\nO\0K\x1a\r\n", 11)) == Texts{"OK"});
}

TEST_CASE("a line is the running command's or the modem's own", "[modem]") {
  using enum AtLineKind;
  CHECK(kind_of("OK", "") == ok);
  CHECK(kind_of("ERROR", "") == error);
  CHECK(kind_of("+CMS ERROR: 500", "+CMGS") == error);
  CHECK(kind_of("+CME ERROR: SIM busy", "+CPIN") == error);
  CHECK(kind_of("COMMAND NOT SUPPORT", "+CMMS") == error);
  CHECK(kind_of("+CSQ: 20,99", "+CSQ") == information);
  CHECK(kind_of("+CSQ: 20,99", "+CREG") == unsolicited);
  CHECK(kind_of("490154203237518", "+CGSN") == information);
  CHECK(kind_of("+CMTI: \"SM\",1", "+CMGS") == unsolicited);
  CHECK(kind_of("^RSSI:15", "+CMGS") == unsolicited);
  CHECK(kind_of("^SPIC: 3", "^SPIC") == information);
  CHECK(kind_of("*PSUTTZ: 26/11/23", "+CMGS") == unsolicited);
  CHECK(kind_of("RING", "+CMGS") == unsolicited);
  CHECK(kind_of("SMS Ready", "+CMGS") == unsolicited);
}

TEST_CASE("a report of registration is told from its own question's answer", "[modem]") {
  using enum AtLineKind;
  CHECK(kind_of("+CREG: 0,1", "+CREG") == information);
  CHECK(kind_of("+CREG: 2,1,\"00C3\",\"01AF\"", "+CREG") == information);
  CHECK(kind_of("+CREG: 5", "+CREG") == unsolicited);
  CHECK(kind_of("+CREG: 1,\"00C3\",\"01AF\",7", "+CREG") == unsolicited);
  CHECK(kind_of("+CREG: 1,00C3,01AF", "+CREG") == unsolicited);
  CHECK(kind_of("+CEREG: 1,,", "+CEREG") == unsolicited);
}

TEST_CASE("the name of a command's answer follows from the command", "[modem]") {
  CHECK(answer_name("AT+CPMS=?") == "+CPMS");
  CHECK(answer_name("AT^CPIN?") == "^CPIN");
  CHECK(answer_name("AT+CNMA") == "+CNMA");
  CHECK(answer_name("ATE0").empty());
  CHECK(answer_name("AT").empty());
  CHECK(at_name("+CMTI: \"SM\",3") == "+CMTI");
  CHECK(at_name("+6281100000").empty());
}

TEST_CASE("values are split outside quotes and brackets", "[modem]") {
  using Views = std::vector<std::string_view>;
  CHECK(split_values("(\"ME\",\"SM\"),(0-2), 3") == Views{"(\"ME\",\"SM\")", "(0-2)", "3"});
  CHECK(split_values("0,0,\"A, B\",7") == Views{"0", "0", "\"A, B\"", "7"});
  CHECK(split_values("1,,24") == Views{"1", "", "24"});
  CHECK(split_values(std::string(5000, ',')).size() == at_values_max);
}

TEST_CASE("a list of offers is read in every form modems write it", "[modem]") {
  CHECK(offers("(0-2,4)", 1));
  CHECK(offers("(0-2,4)", 4));
  CHECK_FALSE(offers("(0-2,4)", 3));
  CHECK(offers("(0,1)", 1));
  CHECK(offers("1", 1));
  CHECK_FALSE(offers("()", 0));
  CHECK_FALSE(offers("", 0));
  CHECK(words_of("(\"ME\",\"SM\")") == Texts{"ME", "SM"});
}

TEST_CASE("errors mean the same as numbers and as words", "[modem]") {
  CHECK(code_of_refusal("+CMS ERROR: 331") == 331);
  CHECK(code_of_refusal("+CMS ERROR:331") == 331);
  CHECK(code_of_refusal("+CMS ERROR: no network service") == 331);
  CHECK(code_of_refusal("+CME ERROR: SIM not inserted") == cme_no_sim);
  CHECK_FALSE(code_of_refusal("+CMS ERROR: what").has_value());
  CHECK_FALSE(code_of_refusal("ERROR").has_value());
  CHECK(cms_text(331) == "no network service (331)");
  CHECK(cms_text(999) == "error 999");
}

TEST_CASE("every class of submit error has its own consequence", "[modem]") {
  for (int const code : {38, 41, 42, 47, 331, 332})
    CHECK(fault_of_cms(code) == SubmitFault::network);
  for (int const code : {1, 28, 30, 304}) CHECK(fault_of_cms(code) == SubmitFault::message);
  for (int const code : {8, 10, 21, 50}) CHECK(fault_of_cms(code) == SubmitFault::barred);
  for (int const code : {310, 311, 312, 313, 315, 316, 317, 318})
    CHECK(fault_of_cms(code) == SubmitFault::sim);
  CHECK(fault_of_cms(314) == SubmitFault::busy);
  CHECK(fault_of_cms(322) == SubmitFault::memory_full);
  CHECK(fault_of_cms(500) == SubmitFault::unknown);
  CHECK(fault_of_cms(4711) == SubmitFault::unknown);
}

}  // namespace siaga::sms
