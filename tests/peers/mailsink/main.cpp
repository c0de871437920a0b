// A mail server for tests, benches and the demo: takes every mail, says what it got, misbehaves on
// demand.
#include <CLI/CLI.hpp>
#include <boost/asio/signal_set.hpp>
#include <cstdio>

#include "tests/peers/mailsink/sink.hpp"

int main(int argc, char** argv) {
  using namespace siaga::mailsink;
  Options options;
  bool quiet = false, brief = false, no_pipelining = false, no_control = false;
  CLI::App app(
      "siaga_test_mailsink: a mail server on 127.0.0.1 that keeps nothing.\n"
      "Prints \"listening PORT\", then \"smtps PORT\" and \"control PORT\", then the mails.");
  app.footer(std::string("\n") + control_help);
  app.add_option("--port", options.port, "SMTP port; 0 = pick one (default)");
  app.add_option("--control", options.control_port, "control port; 0 = pick one (default)");
  app.add_flag("--no-control", no_control, "without a control port");
  app.add_flag("--quiet", quiet, "print nothing per mail");
  app.add_flag("--brief", brief, "print mails without reading into them");
  app.add_flag("--no-pipelining", no_pipelining, "do not offer PIPELINING");
  app.add_option("--auth", options.offer.auth, "USER:PASSWORD wanted before MAIL");
  auto* certificate =
      app.add_option("--tls-cert", options.certificate, "certificate chain, PEM; offers STARTTLS");
  auto* key = app.add_option("--tls-key", options.key, "its key, PEM")->needs(certificate);
  certificate->needs(key);
  auto* smtps = app.add_option("--smtps", options.smtps_port, "also a TLS port; 0 = pick one")
                    ->needs(certificate);
  CLI11_PARSE(app, argc, argv);
  options.detail = quiet ? Detail::quiet : brief ? Detail::brief : Detail::full;
  options.offer.pipelining = !no_pipelining;
  options.control = !no_control;
  options.smtps = smtps->count() > 0;
  try {
    boost::asio::io_context io{1};
    Sink sink(io, std::move(options));
    sink.listen();
    boost::asio::signal_set ends(io, SIGINT, SIGTERM);
    ends.async_wait([&io](boost::system::error_code, int) { io.stop(); });
    io.run();
  } catch (std::exception const& error) {
    std::fprintf(stderr, "siaga_test_mailsink: %s\n", error.what());
    return 1;
  }
  return 0;
}
