#include "protocols/http/settings.hpp"

#include "gateway/async/tls_server.hpp"
#include "gateway/base/this_machine.hpp"
#include "protocols/http/client_address.hpp"
#include "protocols/http/listening.hpp"

namespace siaga::http {

Fields const& Settings::fields() {
  static auto const table =
      FieldsOf<Settings>()
          .text("listen", &Settings::listen,
                "address and port for browsers; /healthz and /metrics too when it is a loopback "
                "address and probes is not set")
          .text("probes", &Settings::probes,
                "address and port of its own for /healthz and /metrics, e.g. 127.0.0.1:9464")
          .text("public_url", &Settings::public_url,
                "how officers' phones reach it: the start of emailed links")
          .text("cert_file", &Settings::cert_file,
                "PEM certificate chain; with it, listen speaks TLS. Read again when it has changed")
          .path()
          .text("key_file", &Settings::key_file, "PEM private key of the certificate")
          .path()
          .list("trusted_proxy", &Settings::trusted_proxy,
                "addresses or networks of reverse proxies: X-Forwarded-For counts only from these")
          .number("connections_max", &Settings::connections_max,
                  "connections at a time; one more ends the longest idle one of the address that "
                  "has most connections")
          .unit("connections")
          .range(1, 4096)
          .number("requests_max", &Settings::requests_max,
                  "requests on one connection; then it is closed")
          .unit("requests")
          .range(1, 10'000)
          .number("body_bytes_max", &Settings::body_bytes_max, "largest form taken")
          .unit("bytes")
          .range(512, 1 << 20)
          .number("header_bytes_max", &Settings::header_bytes_max,
                  "largest request header taken; what frames a body counts too")
          .unit("bytes")
          .range(512, 1 << 16)
          .duration("idle_limit", &Settings::idle_limit,
                    "longest a connection may take from its start, or from the last answer, to a "
                    "whole request header")
          .range(500, 60'000)
          .duration("request_limit", &Settings::request_limit,
                    "longest the rest of a request may take to arrive")
          .range(500, 60'000)
          .flag("private_link", &Settings::private_link,
                "the wire is trusted: `check` does not warn of clear text here");
  return table;
}

Cautions cautions(Settings const& settings) {
  Cautions found;
  if (settings.cert_file.empty() && !stays_on_this_machine(settings.listen))
    found.push_back({Caution::Of::clear_text, "listen", "answer pages and codes"});
  if (settings.public_url.starts_with("http://") && !stays_on_this_machine(settings.public_url))
    found.push_back({Caution::Of::clear_text, "public_url", "answers by mailed links"});
  return found;
}

bool has_probes_too(Settings const& settings) {
  auto const listening = listening_at("listen", settings.listen);
  return settings.probes.empty() && listening && listening->address().is_loopback();
}

Settings probe_settings(Settings const& settings) {
  Settings probes = settings;
  probes.listen = settings.probes;
  probes.cert_file.clear();
  probes.key_file.clear();
  probes.trusted_proxy.clear();
  return probes;
}

Result<void> judge(Settings const& settings) {
  auto const listening = listening_at("listen", settings.listen);
  if (!listening) return listening.error();
  if (!settings.probes.empty()) {
    auto const probes = listening_at("probes", settings.probes);
    if (!probes) return probes.error();
    if (*probes == *listening && probes->port() != 0)
      return Error(Errc::invalid_configuration,
                   "probes = \"" + settings.probes + "\" is where listen is: give another port");
  }
  if (auto const proxies = Networks::parse("trusted_proxy", settings.trusted_proxy); !proxies)
    return proxies.error();
  if (settings.cert_file.empty() != settings.key_file.empty())
    return Error(Errc::invalid_configuration, settings.cert_file.empty()
                                                  ? "key_file is set without cert_file: give both"
                                                  : "cert_file is set without key_file: give both");
  if (!settings.cert_file.empty())
    if (auto const tls = TlsServer::open(settings.cert_file, settings.key_file); !tls)
      return Error(Errc::invalid_configuration, tls.error().detail);
  std::string_view const url = settings.public_url;
  auto const host = url.find("://") == url.npos ? "" : url.substr(url.find("://") + 3);
  bool const is_web = url.starts_with("http://") || url.starts_with("https://");
  if (!is_web || host.empty() || host.front() == '/' || url.find_first_of(" ?#") != url.npos)
    return Error(Errc::invalid_configuration,
                 "public_url = \"" + settings.public_url +
                     "\" cannot start a link: write https://HOST, or http://HOST:PORT");
  return {};
}

}  // namespace siaga::http
