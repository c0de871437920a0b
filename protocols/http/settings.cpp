#include "protocols/http/settings.hpp"

#include "gateway/base/this_machine.hpp"
#include "protocols/http/listening.hpp"

namespace siaga::http {

Fields const& Settings::fields() {
  static auto const table =
      FieldsOf<Settings>()
          .text("listen", &Settings::listen, "address and port for browsers, probes and metrics")
          .text("public_url", &Settings::public_url,
                "how officers' phones reach it: the start of emailed links")
          .number("connections_max", &Settings::connections_max,
                  "connections at a time; more are closed at once")
          .unit("connections")
          .range(1, 4096)
          .number("body_bytes_max", &Settings::body_bytes_max, "largest form taken")
          .unit("bytes")
          .range(512, 1 << 20)
          .number("header_bytes_max", &Settings::header_bytes_max, "largest request header taken")
          .unit("bytes")
          .range(512, 1 << 16)
          .duration("request_limit", &Settings::request_limit,
                    "longest a request may take to arrive")
          .range(500, 60'000)
          .flag("private_link", &Settings::private_link,
                "the wire is trusted: `check` warns of no clear text here");
  return table;
}

Cautions cautions(Settings const& settings) {
  Cautions found;
  if (!stays_on_this_machine(settings.listen))
    found.push_back({Caution::Of::clear_text, "listen", "answer pages and codes"});
  if (settings.public_url.starts_with("http://") && !stays_on_this_machine(settings.public_url))
    found.push_back({Caution::Of::clear_text, "public_url", "answers by mailed links"});
  return found;
}

Result<void> judge(Settings const& settings) {
  if (auto const listening = listening_at(settings.listen); !listening) return listening.error();
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
