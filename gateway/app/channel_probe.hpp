// ChannelProbe: tries one channel by itself, outside the daemon: does it connect, what is at the
// other end, and does a text arrive whole?
//
// Place:  `siaga sms probe` -> PROBE -> ChannelKind::make, Channel.
// Thread: main; runs a loop of its own until the verdict.
// Errors: not_found for a channel that the configuration does not have; else what the kind finds
//         wrong.
// Safety: it loses nothing: officers' replies and receipts of others that come meanwhile are
//         refused, so the network keeps them for the daemon.
#pragma once

#include <functional>

#include "config/settings.hpp"
#include "gateway/ports/channel.hpp"

namespace siaga {

struct ProbeOptions {
  ChannelName channel;
  std::string to;  // a number the test text goes to; empty = none is sent
  milliseconds limit{30000};
};

struct ProbeVerdict {
  bool usable = false;
  std::string why;
};

// Tells what it finds as it finds it: a name and a value.
using ProbeTold = std::function<void(std::string const& name, std::string const& value)>;

Result<ProbeVerdict> probe_channel(config::Settings const& settings, ProbeOptions const& options,
                                   ProbeTold const& tell);

}  // namespace siaga
