#include "protocols/email/smtp/reply.hpp"

#include "protocols/email/smtp/capabilities.hpp"
#include "tests/support/catch.hpp"

namespace siaga::email {
namespace {

std::vector<Reply> all_of(ReplyReader& reader) {
  std::vector<Reply> replies;
  for (auto next = reader.next(); next && next->has_value(); next = reader.next())
    replies.push_back(**next);
  return replies;
}

bool is_refused(std::string const& wire) {
  ReplyReader reader;
  reader.feed(wire);
  for (;;) {
    auto const next = reader.next();
    if (!next) return next.error().is(Errc::protocol_violated);
    if (!next->has_value()) return false;
  }
}

}  // namespace

TEST_CASE("an answer of several lines is one reply with one code", "[email]") {
  ReplyReader reader;
  reader.feed("250-mail.example\r\n250-PIPELINING\r\n250 SIZE 100\r\n");
  auto const replies = all_of(reader);
  REQUIRE(replies.size() == 1);
  CHECK(replies[0].code == 250);
  CHECK(replies[0].text == "mail.example\nPIPELINING\nSIZE 100");
  CHECK(reader.empty());
}

TEST_CASE("an answer is the same however its bytes are cut", "[email]") {
  std::string const wire =
      "250-one\r\n250 two\r\n354 go\r\n550 5.1.1 no such <a@b.example>\r\n250\r\n";
  for (std::size_t cut = 0; cut <= wire.size(); ++cut) {
    ReplyReader reader;
    reader.feed(wire.substr(0, cut));
    auto replies = all_of(reader);
    reader.feed(wire.substr(cut));
    for (auto& reply : all_of(reader)) replies.push_back(reply);
    REQUIRE(replies.size() == 4);
    CHECK(replies[0].text == "one\ntwo");
    CHECK(replies[1].code == 354);
    CHECK(replies[2].kind() == 5);
    CHECK(replies[3].code == 250);
  }
}

TEST_CASE("an answer that breaks the grammar or a bound is refused", "[email]") {
  CHECK(is_refused("hello\r\n"));
  CHECK(is_refused("25 ok\r\n"));
  CHECK(is_refused("199 ok\r\n"));
  CHECK(is_refused("600 ok\r\n"));
  CHECK(is_refused("250/ok\r\n"));
  CHECK(is_refused("250-one\r\n251 two\r\n"));
  CHECK(is_refused("\r\n"));
  CHECK(is_refused("250 " + std::string(ReplyReader::line_bytes_max, 'x')));
  std::string endless;
  for (int i = 0; i < 300; ++i) endless += "250-x\r\n";
  CHECK(is_refused(endless));
  CHECK_FALSE(is_refused("250 fine\r\n"));
}

TEST_CASE("what is shown of an answer is one printable line without mail addresses", "[email]") {
  ReplyReader reader;
  reader.feed("550-5.1.1 <kabag.ops@polres.example>: unknown\x1b[31m\r\n550 in table user=a@b\r\n");
  auto const reply = all_of(reader).at(0);
  CHECK(reply.shown() == "550 5.1.1 <(address)>: unknown [31m in table (address)");
}

TEST_CASE("dropping forgets bytes and half an answer", "[email]") {
  ReplyReader reader;
  reader.feed("250-EHLO injected\r\n250 AUTH");
  CHECK_FALSE(reader.next()->has_value());
  CHECK_FALSE(reader.empty());
  reader.drop();
  CHECK(reader.empty());
  reader.feed("220 fresh\r\n");
  CHECK(all_of(reader).at(0).text == "fresh");
}

TEST_CASE("capabilities are read in any case, the greeting line is none of them", "[email]") {
  Reply const ehlo{250, "PIPELINING\nstarttls\nAUTH=LOGIN\nauth plain XOAUTH2\nSIZE 10240000\nDSN"};
  auto const server = parse_capabilities(ehlo);
  CHECK_FALSE(server.pipelining);
  CHECK(server.starttls);
  CHECK(server.auth_plain);
  CHECK(server.auth_login);
  CHECK(server.dsn);
  CHECK(server.size_max == 10240000);
  CHECK(parse_capabilities(Reply{250, "x\nSIZE"}).size_max == 0);
  CHECK(parse_capabilities(Reply{250, "x\nSIZE 99999999999999999999999"}).size_max == 0);
  CHECK(parse_capabilities(Reply{250, "x\nPIPELINING"}).pipelining);
}

}  // namespace siaga::email
