#include "protocols/email/smtp/command.hpp"

#include "tests/support/catch.hpp"

namespace siaga::email {

TEST_CASE("an address that could carry a second command is refused", "[email]") {
  for (std::string const bad :
       {"a@b.example\r\nRCPT TO:<c@d.example>", "a@b.example>", "<a@b.example", "a b@c.example",
        "a@b.example NOTIFY=NEVER", "a@b\n", "a\0b@c.example", "a@b@c", "@b.example", "a@", "",
        "\"a\"@b.example", "kaba\xC3\xA9@b.example", "a,b@c.example", "a@b.example\x7f"})
    CHECK_FALSE(check_address(bad).has_value());
  CHECK_FALSE(check_address(std::string("a\0@b.example", 12)).has_value());
  CHECK_FALSE(check_address(std::string(65, 'a') + "@b.example").has_value());
  CHECK_FALSE(check_address("a@" + std::string(253, 'b')).has_value());
  CHECK(check_address("kabag.ops+siaga@polres-bontang.example").has_value());
  CHECK(check_address("o'brien=x@[127.0.0.1]").has_value() == false);
}

TEST_CASE("delivery notices are asked for only where the server offers them", "[email]") {
  Capabilities server;
  CHECK(mail_command("a@b.example", "d1.a2.ff@b.example", server) == "MAIL FROM:<a@b.example>\r\n");
  CHECK(rcpt_command("c+d@e.example", server) == "RCPT TO:<c+d@e.example>\r\n");
  server.dsn = true;
  CHECK(mail_command("a@b.example", "d1=x@b.example", server) ==
        "MAIL FROM:<a@b.example> RET=HDRS ENVID=d1+3Dx@b.example\r\n");
  CHECK(mail_command("a@b.example", std::string(101, 'x'), server) ==
        "MAIL FROM:<a@b.example>\r\n");
  CHECK(rcpt_command("c+d@e.example", server) ==
        "RCPT TO:<c+d@e.example> NOTIFY=FAILURE ORCPT=rfc822;c+2Bd@e.example\r\n");
}

TEST_CASE("xtext writes what is special as plus and two digits", "[email]") {
  CHECK(xtext("a+b=c d\r\n") == "a+2Bb+3Dc+20d+0D+0A");
  CHECK(xtext("\xC3\xA9") == "+C3+A9");
}

TEST_CASE("AUTH PLAIN carries name and password between zero bytes", "[email]") {
  CHECK(auth_plain_command("siaga", "rahasia") == "AUTH PLAIN AHNpYWdhAHJhaGFzaWE=\r\n");
  CHECK(base64_line("siaga") == "c2lhZ2E=\r\n");
  CHECK(base64_line("") == "\r\n");
}

TEST_CASE("no line of a mail can end it early or smuggle another", "[email]") {
  CHECK(as_data("a\r\n.\r\nb\r\n") == "a\r\n..\r\nb\r\n.\r\n");
  CHECK(as_data(".first\r\n..second") == "..first\r\n...second\r\n.\r\n");
  CHECK(as_data("bare\n.\nlf") == "bare\r\n..\r\nlf\r\n.\r\n");
  CHECK(as_data("bare\r.\rcr") == "bare\r\n..\r\ncr\r\n.\r\n");
  CHECK(as_data("a\r\n.\n.\r.\r\n") == "a\r\n..\r\n..\r\n..\r\n.\r\n");
  CHECK(as_data("") == ".\r\n");
}

}  // namespace siaga::email
