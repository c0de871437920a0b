// `siaga sms probe`: whether an SMS channel works, for who sets one up.
#include "gateway/channel_probe.hpp"

#include "config/forms.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/exits.hpp"
#include "gateway/cli/table.hpp"
#include "gateway/registry.hpp"

namespace siaga::cli {

int sms_probe(SmsProbeOptions const& options, Terminal const& terminal) {
  auto const limit = config::parse_duration(options.limit);
  if (!limit || *limit <= milliseconds{0}) {
    terminal.err << "siaga: --wait '" << options.limit << "' is no duration: write 30s or 2m\n";
    return exit_usage;
  }
  auto const loaded = config::load(options.config_file, schema());
  if (!loaded.usable()) {
    for (auto const& problem : loaded.problems)
      if (!problem.warning) terminal.err << problem.text() << '\n';
    return exit_bad_config;
  }
  ProbeOptions const wanted{ChannelName(options.channel), options.to, *limit};
  auto const verdict = probe_channel(loaded.settings, wanted,
                                     [&](std::string const& name, std::string const& value) {
                                       terminal.out << name << ": " << plain(value) << std::endl;
                                     });
  if (!verdict) {
    terminal.err << "siaga: " << verdict.error().text() << '\n';
    return verdict.error().is(Errc::invalid_configuration) ? exit_bad_config : exit_unknown;
  }
  terminal.out << "channel " << options.channel
               << (verdict->usable ? " works: " : " does not work: ") << plain(verdict->why)
               << '\n';
  return verdict->usable ? exit_good : exit_no_receipt;
}

}  // namespace siaga::cli
