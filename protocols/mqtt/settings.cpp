#include "protocols/mqtt/settings.hpp"

#include <algorithm>
#include <boost/url/parse.hpp>

#include "gateway/base/this_machine.hpp"
#include "gateway/ports/topics.hpp"

namespace siaga::mqtt {
namespace {

constexpr std::uint16_t port_plain = 1883;
constexpr std::uint16_t port_tls = 8883;
constexpr double minute = 60'000, year = 365.0 * 24 * 60 * minute;

Error wrong(std::string const& url, std::string const& why) {
  return Error(
      Errc::invalid_configuration,
      "url '" + url + "' " + why + "; write mqtt://HOST:PORT, or mqtts://HOST:PORT for TLS");
}

}  // namespace

Fields const& Settings::fields() {
  using S = Settings;
  static auto const table =
      FieldsOf<S>()
          .text("url", &S::url, "The broker: mqtt://HOST:1883, or mqtts://HOST:8883 for TLS.")
          .text("username", &S::username, "The gateway's name at the broker; empty = none.")
          .text("password_file", &S::password_file, "File whose first line is the password.")
          .path()
          .text("ca_file", &S::ca_file,
                "PEM certificates the broker's is checked against; empty = the system's.")
          .path()
          .text("cert_file", &S::cert_file, "The gateway's own certificate chain, PEM.")
          .path()
          .text("key_file", &S::key_file, "The key of cert_file, PEM.")
          .path()
          .duration("keep_alive", &S::keep_alive,
                    "How long the connection may be silent before it is tried.")
          .range(5'000, 30 * minute)
          .number("receive_maximum", &S::receive_maximum,
                  "Messages the broker may send before the first is stored and acknowledged.")
          .unit("messages")
          .range(1, 65'535)
          .number("express_max", &S::express_max,
                  "Agencies with a link of their own, so that no other agency's storm delays them; "
                  "in order of their ids. 0 = none, and none for answers.")
          .unit("agencies")
          .range(0, 1'000)
          .number(
              "connections_max", &S::connections_max,
              "How many connections the broker allows the gateway: one per agency and 3; agencies"
              " beyond it have no link of their own. 0 = not known.")
          .unit("connections")
          .range(0, 100'000)
          .list("response_topics", &S::response_topics,
                "Topics where agencies may ask for their receipts, beside those below their own "
                "receipt topic: subscriptions such as polres/answers/#. The broker's ACL must let "
                "the gateway write there.")
          .number("packet_bytes_max", &S::packet_bytes_max,
                  "The largest packet taken; the broker keeps larger ones from the gateway.")
          .unit("bytes")
          .range(4 * 1024, 64.0 * 1024 * 1024)
          .duration("session_expiry", &S::session_expiry,
                    "How long the broker keeps alerts for a gateway that is away.")
          .range(minute, year)
          .duration("connect_limit", &S::connect_limit, "How long one connect attempt may take.")
          .range(1'000, minute)
          .duration("reconnect_min", &S::reconnect_min, "The pause after the first failed attempt.")
          .range(50, minute)
          .duration("reconnect_max", &S::reconnect_max, "The longest pause between attempts.")
          .range(1'000, 30 * minute)
          .flag("private_link", &S::private_link,
                "The wire is trusted: `check` does not warn of clear text here.");
  return table;
}

Cautions cautions(Settings const& settings) {
  Cautions found;
  if (!settings.url.starts_with("mqtts:") && !stays_on_this_machine(settings.url))
    found.push_back({Caution::Of::clear_text, "url", "alerts and receipts"});
  return found;
}

Result<void> judge(Settings const& settings) {
  auto const broker = broker_address(settings.url);
  if (!broker) return broker.error();
  for (auto const& pattern : settings.response_topics) {
    auto const wrong = [&](std::string const& why) {
      return Error(Errc::invalid_configuration, "response_topics: '" + pattern + "' " + why);
    };
    if (!is_topic_pattern(pattern))
      return wrong("is no subscription of at most " + std::to_string(topic_levels_max) +
                   " levels; write one such as polres/answers/#");
    if (topics::is_own(pattern))
      return wrong(
          "is among the gateway's own topics; what is below siaga/receipt/<agency>/ is "
          "allowed without it");
  }
  return {};
}

std::string connections_advice(Settings const& settings, std::size_t agencies) {
  auto const links = std::min(static_cast<std::int64_t>(agencies), settings.express_max);
  auto const wanted = links > 0 ? links + Settings::own_connections : 2;
  if (settings.connections_max == 0 || wanted <= settings.connections_max) return "";
  return "connections_max = " + std::to_string(settings.connections_max) + ", and " +
         std::to_string(agencies) + " agencies want " + std::to_string(wanted) +
         " connections: raise max_connections of the gateway's listener at the broker and then "
         "connections_max; until then some agencies wait behind others' storms";
}

Result<BrokerAddress> broker_address(std::string const& url) {
  auto const parsed = boost::urls::parse_uri(url);
  if (!parsed) return wrong(url, "is no address");
  BrokerAddress address;
  address.tls = parsed->scheme() == "mqtts";
  if (!address.tls && parsed->scheme() != "mqtt") return wrong(url, "is not an MQTT address");
  if (parsed->has_userinfo())
    return wrong(url, "must not carry a name or password: use username and password_file");
  address.host = parsed->host_address();
  if (address.host.empty()) return wrong(url, "names no host");
  bool const more = (parsed->encoded_path() != "" && parsed->encoded_path() != "/") ||
                    parsed->has_query() || parsed->has_fragment();
  if (more) return wrong(url, "must end after the port");
  address.port = address.tls ? port_tls : port_plain;
  if (parsed->has_port() && parsed->port_number() == 0) return wrong(url, "has no usable port");
  if (parsed->has_port()) address.port = parsed->port_number();
  return address;
}

}  // namespace siaga::mqtt
