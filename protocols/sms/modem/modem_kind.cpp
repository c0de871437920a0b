#include "protocols/sms/modem/modem_kind.hpp"

#include <algorithm>
#include <array>

#include "protocols/sms/modem/modem_channel.hpp"
#include "protocols/sms/text/language_names.hpp"

namespace siaga::sms {
namespace {

constexpr auto known_storages = std::to_array<std::string_view>({"ME", "SM", "MT"});

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

Error wrong(std::string detail) {
  return Error(Errc::invalid_configuration, std::move(detail));
}

Result<void> check(ModemSettings const& settings) {
  if (settings.device.empty() || settings.device.front() != '/')
    return wrong("device is a path, such as \"/dev/siaga-modem\"");
  if (!all_digits(settings.country_code))
    return wrong("country_code is written in digits, e.g. \"62\"");
  auto const& centre = settings.service_centre;
  if (!centre.empty() && (centre.front() != '+' || !all_digits(centre.substr(1))))
    return wrong("service_centre is written with its plus, e.g. \"+62811000000\"");
  if (settings.storages.empty()) return wrong("storages names at least one of ME, SM, MT");
  for (auto const& name : settings.storages)
    if (std::ranges::find(known_storages, name) == known_storages.end())
      return wrong("storages: \"" + name + "\" is none of ME, SM, MT");
  if (settings.reference_bits != 8 && settings.reference_bits != 16)
    return wrong("reference_bits is 8 or 16");
  if (auto const languages = languages_named(settings.languages); !languages)
    return languages.error();
  if (!settings.reset_command.empty() && settings.reset_command.front().empty())
    return wrong("reset_command begins with a program");
  return {};
}

Result<std::unique_ptr<Channel>> make(std::any const& settings, ChannelContext context) {
  auto const& wanted = std::any_cast<ModemSettings const&>(settings);
  if (auto const checked = check(wanted); !checked) {
    auto error = checked.error();
    error.detail = "[channel." + context.name.value + "] " + error.detail;
    return error;
  }
  return std::make_unique<ModemChannel>(wanted, std::move(context));
}

}  // namespace

ChannelKind modem_kind() {
  ChannelKind kind;
  kind.kind = "modem";
  kind.address_key = "sms";
  kind.fields = &ModemSettings::fields();
  kind.default_settings = [] { return std::any(ModemSettings{}); };
  kind.settings_of = [](std::any& settings) -> void* {
    return std::any_cast<ModemSettings>(&settings);
  };
  kind.make = &make;
  return kind;
}

}  // namespace siaga::sms
