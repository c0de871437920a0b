#include "gateway/app/registry.hpp"

#include <algorithm>

#include "gateway/flow/incident_settings.hpp"
#include "gateway/flow/settings.hpp"
#include "gateway/journal/store/settings.hpp"
#include "protocols/cap/formats.hpp"
#include "protocols/cap/freshness.hpp"
#include "protocols/email/kind.hpp"
#include "protocols/http/settings.hpp"
#include "protocols/mqtt/settings.hpp"
#include "protocols/mqtt/signed_message.hpp"
#include "protocols/radio/kind.hpp"
#include "protocols/sms/kind.hpp"
#include "protocols/sms/modem/modem_kind.hpp"

namespace siaga {
namespace {

struct Entry {
  ChannelKind kind;
  std::string sentence;
};

std::vector<Entry> const& entries() {
  static std::vector<Entry> const all = {
      {sms::smpp_kind(), "SMS through a message centre, by SMPP 3.4"},
      {sms::modem_kind(), "SMS through a GSM modem of one's own"},
      {email::smtp_kind(), "mail through a mail server, by SMTP"},
      {radio::voice_kind(), "spoken announcements on a radio channel"},
  };
  return all;
}

config::Section section_of(Entry const& entry) {
  return {entry.kind.kind,        entry.sentence,
          entry.kind.fields,      entry.kind.default_settings,
          entry.kind.settings_of, entry.kind.address_key};
}

}  // namespace

std::vector<ChannelKind> const& channel_kinds() {
  static auto const all = [] {
    std::vector<ChannelKind> kinds;
    for (auto const& entry : entries()) kinds.push_back(entry.kind);
    return kinds;
  }();
  return all;
}

ChannelKind const* channel_kind(std::string_view name) {
  auto const& all = channel_kinds();
  auto const found = std::ranges::find(all, name, &ChannelKind::kind);
  return found == all.end() ? nullptr : &*found;
}

config::Schema schema() {
  config::Schema schema;
  schema.sections = {
      config::section<mqtt::Settings>("mqtt", "the broker agencies publish to"),
      config::section<http::Settings>("http", "acknowledgement page, health and metrics"),
      config::section<flow::Settings>("delivery", "how patiently messages are sent"),
      config::section<flow::IncidentSettings>("incidents",
                                              "who of ops hears of the gateway's own troubles"),
      config::section<cap::Settings>(std::string(cap::section_name),
                                     std::string(cap::section_sentence)),
      config::section<journal::Settings>("store",
                                         "what is kept, how much, and whether it can be trusted"),
  };
  for (auto const& entry : entries()) schema.channel_kinds.push_back(section_of(entry));
  return schema;
}

Formats formats(config::Settings const& settings) {
  return cap::make_formats(settings.section<cap::Settings>(std::string(cap::section_name)));
}

flow::LengthLimits lengths(config::Settings const& settings) {
  auto const& message = settings.section<cap::Settings>(std::string(cap::section_name));
  flow::LengthLimits limits;
  limits.alert_bytes_max = static_cast<std::size_t>(message.bytes_max);
  return limits;
}

std::size_t received_bytes_max(config::Settings const& settings) {
  auto const& message = settings.section<cap::Settings>(std::string(cap::section_name));
  return static_cast<std::size_t>(cap::received_bytes_max(message));
}

flow::Freshness freshness(config::Settings const& settings) {
  auto const rules = settings.section<cap::Settings>(std::string(cap::section_name));
  return [rules](Command command, UtcTime now) {
    return cap::check_freshness(std::move(command), now, rules);
  };
}

flow::Authenticity authenticity() {
  return mqtt::check_signature;
}

Paths paths(config::Settings const& settings) {
  Paths paths;
  for (auto const& channel : settings.channels)
    if (auto const* kind = channel_kind(channel.kind))
      paths.emplace(channel.name, Path{kind->address_key, channel.is_public});
  return paths;
}

std::string link_example(config::Settings const& settings) {
  return settings.section<http::Settings>("http").public_url + "/a/...";
}

}  // namespace siaga
