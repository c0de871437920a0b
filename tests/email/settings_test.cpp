#include "protocols/email/settings.hpp"

#include <fstream>

#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

namespace siaga::email {
namespace {

SmtpSettings settings_for(std::string url) {
  SmtpSettings settings;
  settings.url = std::move(url);
  settings.from = "Siaga Bontang <siaga@bontang.example>";
  return settings;
}

std::string problem_of(SmtpSettings const& settings) {
  auto const terms = terms_of(settings, "gw.bontang.example");
  return terms ? "" : terms.error().detail;
}

}  // namespace

TEST_CASE("the url names host, port and kind of TLS", "[email]") {
  auto const plain = terms_of(settings_for("smtp://mail.example:2525"), "gw").value();
  CHECK(plain.host == "mail.example");
  CHECK(plain.port == 2525);
  CHECK(plain.opening.tls == TlsUse::optional);
  CHECK(plain.opening.helo == "gw");
  CHECK(plain.from.name == "Siaga Bontang");
  CHECK(plain.from.domain() == "bontang.example");
  CHECK(terms_of(settings_for("smtp://mail.example"), "gw")->port == 25);
  auto const tls = terms_of(settings_for("smtps://mail.example/"), "gw").value();
  CHECK(tls.port == 465);
  CHECK(tls.opening.tls == TlsUse::from_start);
  CHECK(terms_of(settings_for("smtp://[::1]:25"), "gw")->host == "::1");
  CHECK(terms_of(settings_for("smtp://mail.example"), "")->opening.helo == "bontang.example");
}

TEST_CASE("a url that cannot be meant is refused with what to write", "[email]") {
  CHECK_THAT(problem_of(settings_for("mail.example:25")), ContainsSubstring("url"));
  CHECK_THAT(problem_of(settings_for("http://mail.example")), ContainsSubstring("smtps://"));
  CHECK_THAT(problem_of(settings_for("smtp://u:p@mail.example")), ContainsSubstring("username"));
  CHECK_THAT(problem_of(settings_for("smtp://mail.example:0")), ContainsSubstring("port"));
  CHECK_THAT(problem_of(settings_for("smtp://mail.example:99999")), ContainsSubstring("65535"));
  CHECK_THAT(problem_of(settings_for("smtp://mail.example/x")), ContainsSubstring("after"));
  CHECK_THAT(problem_of(settings_for("smtp://")), ContainsSubstring("url"));
}

TEST_CASE("sender, helo and secrets are checked before anything connects", "[email]") {
  auto settings = settings_for("smtp://mail.example");
  settings.from = "siaga";
  CHECK_THAT(problem_of(settings), ContainsSubstring("from: "));
  settings.from = "Siaga\r\nBcc: x <siaga@bontang.example>";
  CHECK_THAT(problem_of(settings), ContainsSubstring("control character"));
  settings = settings_for("smtp://mail.example");
  settings.reply_to = "x y";
  CHECK_THAT(problem_of(settings), ContainsSubstring("reply_to: "));
  settings = settings_for("smtp://mail.example");
  settings.helo = "a\r\nQUIT";
  CHECK_THAT(problem_of(settings), ContainsSubstring("helo"));
  settings = settings_for("smtp://mail.example");
  settings.username = "siaga";
  CHECK_THAT(problem_of(settings), ContainsSubstring("password_file"));
  settings.password_file = "/nonexistent/siaga-password";
  CHECK_THAT(problem_of(settings), ContainsSubstring("/nonexistent/siaga-password"));
  settings.password = "x";
  CHECK_THAT(problem_of(settings), ContainsSubstring("both"));
}

TEST_CASE("the password file's last line end is not part of the password", "[email]") {
  siaga::test::TempDir const directory;
  auto settings = settings_for("smtp://mail.example");
  settings.username = "siaga";
  settings.password_file = directory.path() + "/password";
  std::ofstream(settings.password_file) << "rahasia besar \r\n";
  CHECK(terms_of(settings, "gw")->opening.password == "rahasia besar ");
}

TEST_CASE("certificates are checked wherever that protects something", "[email]") {
  auto settings = settings_for("smtp://mail.example");
  CHECK_FALSE(terms_of(settings, "gw")->tls.verify);  // optional and without secrets: encrypts
  settings.ca_file = "ca.pem";
  CHECK(terms_of(settings, "gw")->tls.verify);
  settings.ca_file.clear();
  settings.starttls = "required";
  CHECK(terms_of(settings, "gw")->tls.verify);
  CHECK(terms_of(settings, "gw")->tls.server_name == "mail.example");
  settings.verify = false;
  CHECK_FALSE(terms_of(settings, "gw")->tls.verify);
  settings = settings_for("smtp://mail.example");
  settings.username = "siaga";
  settings.password = "rahasia";
  CHECK(terms_of(settings, "gw")->tls.verify);
  CHECK(terms_of(settings_for("smtps://mail.example"), "gw")->tls.verify);
}

}  // namespace siaga::email
