// STARTTLS, implicit TLS and passwords against the mail sink with certificates of our own making.
#include "tests/email/certificate.hpp"
#include "tests/email/rig.hpp"
#include "tests/email/sample.hpp"
#include "tests/email/transcript.hpp"
#include "tests/support/temp_dir.hpp"

namespace siaga::email {
namespace {

using namespace std::chrono_literals;
using test::is;
using test::MailSink;
using test::Rig;
using test::sample_alert;
using test::settings_for;

struct SecureSink {
  siaga::test::TempDir directory;
  test::CertificateFiles good =
      test::make_certificate(directory.path(), "good", "IP:127.0.0.1,DNS:localhost");
  test::CertificateFiles other = test::make_certificate(directory.path(), "other", "DNS:other");
  MailSink sink;

  explicit SecureSink(std::vector<std::string> more = {})
      : sink([&] {
          std::vector<std::string> arguments{"--tls-cert", good.certificate, "--tls-key",
                                             good.key,     "--smtps",        "0"};
          arguments.insert(arguments.end(), more.begin(), more.end());
          return arguments;
        }()) {}

  std::string smtps_url(std::string const& host) const {
    return "smtps://" + host + ":" + std::to_string(sink.smtps_port);
  }
};

void check_sent_encrypted(SecureSink& secure, SmtpSettings const& settings) {
  Rig rig(settings);
  rig.start();
  INFO(rig.channel().state_reason());
  CHECK(rig.channel().state() == LinkState::up);
  REQUIRE(is<Sent>(rig.send(sample_alert())));
  CHECK(secure.sink.mail().tls);
}

void check_refused(SmtpSettings const& settings, std::string const& reason) {
  Rig rig(settings);
  rig.start();
  CHECK(rig.channel().state() == LinkState::down);
  CHECK_THAT(rig.channel().state_reason(), ContainsSubstring(reason));
  auto const outcome = rig.send(sample_alert());
  REQUIRE(is<FailedTemporarily>(outcome));
  CHECK(std::get<FailedTemporarily>(outcome).whole_channel);
}

}  // namespace

TEST_CASE("mail goes out encrypted by STARTTLS and by smtps", "[email]") {
  SecureSink secure;
  auto settings = settings_for(secure.sink.url());
  check_sent_encrypted(secure, settings);  // optional: taken because offered, name not checked
  settings.starttls = "required";
  settings.ca_file = secure.good.certificate;
  check_sent_encrypted(secure, settings);
  auto from_start = settings_for(secure.smtps_url("localhost"));
  from_start.ca_file = secure.good.certificate;
  check_sent_encrypted(secure, from_start);
  from_start.url = secure.smtps_url("127.0.0.1");
  check_sent_encrypted(secure, from_start);
}

TEST_CASE("a certificate that is not trusted, or for another name, stops the mail", "[email]") {
  SecureSink secure;
  auto settings = settings_for(secure.sink.url());
  settings.starttls = "required";
  check_refused(settings, "certificate verify failed");  // the system does not know it
  settings.ca_file = secure.other.certificate;
  check_refused(settings, "certificate verify failed");
  settings.verify = false;
  check_sent_encrypted(secure, settings);

  MailSink wrong_name({"--tls-cert", secure.other.certificate, "--tls-key", secure.other.key});
  auto misdirected = settings_for(wrong_name.url());
  misdirected.starttls = "required";
  misdirected.ca_file = secure.other.certificate;
  check_refused(misdirected, "certificate verify failed");
  misdirected.ca_file = secure.directory.path() + "/none.pem";
  check_refused(misdirected, "certificate files");
}

TEST_CASE("required STARTTLS refuses a server that cannot, optional does not", "[email]") {
  MailSink sink;
  auto settings = settings_for(sink.url());
  settings.starttls = "required";
  check_refused(settings, "STARTTLS");
  settings.starttls = "optional";
  Rig rig(settings);
  rig.start();
  REQUIRE(is<Sent>(rig.send(sample_alert())));
  CHECK_FALSE(sink.mail().tls);
}

TEST_CASE("a password opens the server, and never travels in clear unasked", "[email]") {
  SecureSink secure({"--auth", "siaga:rahasia besar"});
  auto settings = settings_for(secure.sink.url());
  settings.ca_file = secure.good.certificate;
  settings.username = "siaga";
  settings.password = "rahasia besar";
  check_sent_encrypted(secure, settings);
  settings.password = "salah";
  check_refused(settings, "535 5.7.8");
  check_refused(settings, "asked again every 5 minutes");
  Rig mistaken(settings);
  mistaken.start();
  auto const outcome = mistaken.send(sample_alert());
  REQUIRE(is<FailedTemporarily>(outcome));
  CHECK(std::get<FailedTemporarily>(outcome).retry_after > 200s);

  MailSink in_clear({"--auth", "siaga:rahasia"});
  auto plain = settings_for(in_clear.url());
  plain.username = "siaga";
  plain.password = "rahasia";
  check_refused(plain, "not sent in clear");
  plain.starttls = "off";
  Rig rig(plain);
  rig.start();
  CHECK(is<Sent>(rig.send(sample_alert())));
}

TEST_CASE("without the password a server that wants one refuses the mail for good", "[email]") {
  MailSink sink({"--auth", "siaga:rahasia"});
  Rig rig(settings_for(sink.url()));
  rig.start();
  auto const outcome = rig.send(sample_alert());
  REQUIRE(is<Failed>(outcome));
  CHECK_THAT(test::reason_of(outcome), ContainsSubstring("530 5.7.0"));
}

TEST_CASE("a server that hangs at STARTTLS, in the handshake or at AUTH makes the channel down",
          "[email]") {
  SecureSink secure({"--auth", "siaga:rahasia"});
  auto settings = settings_for(secure.sink.url());
  settings.ca_file = secure.good.certificate;
  settings.username = "siaga";
  settings.password = "rahasia";
  for (std::string const stage : {"starttls", "auth"}) {
    INFO(stage);
    secure.sink.tell("hang " + stage + " times 1");
    test::check_down_within_limit(settings, sample_alert());
  }
  MailSink silent;  // a client hello is no answer to hang on
  silent.tell("hang greeting");
  auto handshake = settings_for("smtps://127.0.0.1:" + std::to_string(silent.port));
  test::check_down_within_limit(handshake, sample_alert());
}

TEST_CASE("words slipped in before TLS do not count after it", "[email]") {
  SecureSink secure;
  // The sink answers STARTTLS with a second, injected answer behind the first.
  secure.sink.tell("reply starttls 220 ready\\r\\n250-injected\\r\\n250 AUTH PLAIN times 1");
  auto settings = settings_for(secure.sink.url());
  settings.starttls = "required";
  settings.ca_file = secure.good.certificate;
  settings.username = "siaga";
  settings.password = "rahasia";
  check_refused(settings, "neither AUTH PLAIN nor AUTH LOGIN");
}

TEST_CASE("a server that does not speak TLS is not spoken to", "[email]") {
  MailSink sink;
  auto settings = settings_for("smtps://127.0.0.1:" + std::to_string(sink.port));
  check_refused(settings, "the secure connection could not be made");
  CHECK(sink.count("mails") == 0);
}

}  // namespace siaga::email
