// `siaga sms probe`: whether an SMS channel works, for who sets one up.
#include "gateway/app/channel_probe.hpp"
#include "gateway/base/visible.hpp"

#include "gateway/cli/commands.hpp"
#include "gateway/cli/exits.hpp"
#include "gateway/cli/usable.hpp"
#include "gateway/views/table.hpp"

namespace siaga::cli {

int sms_probe(SmsProbeOptions const& options, Terminal const& terminal) {
  auto const limit = usable_wait(options.limit, terminal);
  if (!limit) return exit_usage;
  auto const settings = usable_settings(options.config_file, terminal);
  if (!settings) return exit_bad_config;
  ProbeOptions const wanted{ChannelName(options.channel), options.to, *limit};
  auto const verdict =
      probe_channel(*settings, wanted, [&](std::string const& name, std::string const& value) {
        terminal.out << name << ": " << views::plain(value) << std::endl;
      });
  if (!verdict) {
    terminal.err << "siaga: " << visible(verdict.error().text()) << '\n';
    return verdict.error().is(Errc::invalid_configuration) ? exit_bad_config : exit_unknown;
  }
  terminal.out << "channel " << options.channel
               << (verdict->usable ? " works: " : " does not work: ") << views::plain(verdict->why)
               << '\n';
  return verdict->usable ? exit_good : exit_no_receipt;
}

}  // namespace siaga::cli
