#include "protocols/email/smtp/opening.hpp"

#include "tests/email/transcript.hpp"

namespace siaga::email {
namespace {

using test::play;

std::string const greeting = "220 mail.example ESMTP";
std::string const plain_offer = "250-mail.example\r\n250-PIPELINING\r\n250 SIZE 1000";
std::string const tls_offer = "250-mail.example\r\n250-STARTTLS\r\n250 AUTH LOGIN";
std::string const auth_offer = "250-mail.example\r\n250-AUTH LOGIN PLAIN\r\n250 DSN";

OpeningTerms terms_with(TlsUse tls) {
  return {"siaga.example", tls, "", ""};
}

}  // namespace

TEST_CASE("a connection opens with EHLO and keeps what the server offers", "[email]") {
  auto const terms = terms_with(TlsUse::optional);
  Opening opening(terms);
  auto const transcript = play(opening, {greeting, plain_offer});
  CHECK(transcript.finished);
  CHECK_FALSE(opening.failure());
  CHECK(transcript.said == "EHLO siaga.example\r\n");
  CHECK(opening.server().pipelining);
  CHECK(opening.server().size_max == 1000);
}

TEST_CASE("STARTTLS is taken when offered, and EHLO said again from nothing", "[email]") {
  auto const terms = terms_with(TlsUse::optional);
  Opening opening(terms);
  auto const transcript = play(opening, {greeting, tls_offer, "220 go", plain_offer});
  CHECK(transcript.secured == 1);
  CHECK_FALSE(opening.failure());
  CHECK(transcript.said == "EHLO siaga.example\r\nSTARTTLS\r\nEHLO siaga.example\r\n");
  CHECK_FALSE(opening.server().auth_login);  // offered only in clear
  CHECK(opening.server().pipelining);
}

TEST_CASE("required STARTTLS never goes on in clear", "[email]") {
  auto const terms = terms_with(TlsUse::required);
  Opening not_offered(terms);
  play(not_offered, {greeting, plain_offer});
  REQUIRE(not_offered.failure());
  CHECK(not_offered.failure()->is(Errc::tls_failed));
  Opening refused(terms);
  auto const transcript = play(refused, {greeting, tls_offer, "454 4.7.0 TLS not available"});
  REQUIRE(refused.failure());
  CHECK(refused.failure()->is(Errc::tls_failed));
  CHECK(transcript.secured == 0);
}

TEST_CASE("optional STARTTLS that the server cannot do now goes on in clear", "[email]") {
  auto const terms = terms_with(TlsUse::optional);
  Opening opening(terms);
  CHECK(play(opening, {greeting, tls_offer, "454 4.7.0 TLS not available"}).finished);
  CHECK_FALSE(opening.failure());
}

TEST_CASE("STARTTLS that is off is not used though offered", "[email]") {
  auto const terms = terms_with(TlsUse::off);
  Opening opening(terms);
  CHECK(play(opening, {greeting, tls_offer}).said == "EHLO siaga.example\r\n");
}

TEST_CASE("a password goes out only encrypted, or where TLS was switched off on purpose",
          "[email]") {
  OpeningTerms terms{"siaga.example", TlsUse::optional, "siaga", "rahasia"};
  Opening in_clear(terms);
  auto const transcript = play(in_clear, {greeting, auth_offer});
  REQUIRE(in_clear.failure());
  CHECK(in_clear.failure()->is(Errc::tls_failed));
  CHECK(transcript.said.find("AUTH") == std::string::npos);

  Opening refused(terms);
  CHECK(play(refused, {greeting, tls_offer, "454 no"}).said.find("AUTH") == std::string::npos);
  CHECK(refused.failure());

  for (auto const tls : {TlsUse::off, TlsUse::from_start}) {
    terms.tls = tls;
    Opening opening(terms);
    auto const said = play(opening, {greeting, auth_offer, "235 2.7.0 ok"}).said;
    CHECK_FALSE(opening.failure());
    CHECK(said == "EHLO siaga.example\r\nAUTH PLAIN AHNpYWdhAHJhaGFzaWE=\r\n");
  }
}

TEST_CASE("AUTH LOGIN is spoken where PLAIN is not offered", "[email]") {
  OpeningTerms const terms{"siaga.example", TlsUse::optional, "siaga", "rahasia"};
  Opening opening(terms);
  auto const transcript = play(opening, {greeting, tls_offer, "220 go", tls_offer,
                                         "334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6", "235 ok"});
  CHECK_FALSE(opening.failure());
  CHECK(transcript.secured == 1);
  CHECK_THAT(transcript.said, ContainsSubstring("AUTH LOGIN\r\nc2lhZ2E=\r\ncmFoYXNpYQ==\r\n"));
}

TEST_CASE("a wrong password and a server without AUTH say so", "[email]") {
  OpeningTerms const terms{"siaga.example", TlsUse::off, "siaga", "salah"};
  Opening wrong(terms);
  play(wrong, {greeting, auth_offer, "535 5.7.8 authentication failed"});
  REQUIRE(wrong.failure());
  CHECK_THAT(wrong.failure()->detail, ContainsSubstring("535 5.7.8"));
  Opening without(terms);
  play(without, {greeting, plain_offer});
  REQUIRE(without.failure());
  CHECK(without.failure()->is(Errc::refused_by_peer));
}

TEST_CASE("a server older than EHLO is greeted with HELO", "[email]") {
  auto const terms = terms_with(TlsUse::optional);
  Opening opening(terms);
  auto const transcript = play(opening, {greeting, "502 what", "250 hello"});
  CHECK_FALSE(opening.failure());
  CHECK(transcript.said == "EHLO siaga.example\r\nHELO siaga.example\r\n");
  CHECK_FALSE(opening.server().pipelining);
}

TEST_CASE("opening fails at every step at which the server refuses or goes away", "[email]") {
  OpeningTerms const terms{"siaga.example", TlsUse::required, "siaga", "rahasia"};
  std::vector<std::string> const good{greeting, tls_offer, "220 go", auth_offer, "235 2.7.0 ok"};
  Opening whole(terms);
  REQUIRE(play(whole, good).finished);
  REQUIRE_FALSE(whole.failure());
  for (std::size_t step = 0; step < good.size(); ++step) {
    std::vector<std::string> const until(good.begin(), good.begin() + static_cast<long>(step));
    Opening lost(terms);
    CHECK_FALSE(play(lost, until).finished);
    REQUIRE(lost.failure());
    CHECK(lost.failure()->is(Errc::connection_lost));
    for (std::string const answer : {"421 4.3.2 closing", "554 5.0.0 no", "299 what"}) {
      auto answers = until;
      answers.push_back(answer);
      Opening refused(terms);
      CHECK(play(refused, answers).finished);
      CHECK(refused.failure());
    }
  }
}

}  // namespace siaga::email
