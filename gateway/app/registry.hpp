// Registry: the one list of what the gateway can do: a line per channel kind, per payload format,
// per settings section.
//
// Place:  REGISTRY -> app, cli.
// Thread: built at first use, read-only after.
#pragma once

#include "config/settings.hpp"
#include "gateway/domain/plan.hpp"
#include "gateway/flow/authenticity.hpp"
#include "gateway/flow/freshness.hpp"
#include "gateway/flow/world.hpp"
#include "gateway/ports/channel.hpp"
#include "gateway/ports/payload_format.hpp"

namespace siaga {

std::vector<ChannelKind> const& channel_kinds();
ChannelKind const* channel_kind(std::string_view name);  // null when there is none

// What a configuration may say.
config::Schema schema();

Formats formats(config::Settings const& settings);
flow::LengthLimits lengths(config::Settings const& settings);
// Of a message in its longest form, a wrapper: what is longer is not kept whole.
std::size_t received_bytes_max(config::Settings const& settings);

// Refuses what is dated ahead of the clock or older than the window.
flow::Freshness freshness(config::Settings const& settings);

// Checks what agencies sign.
flow::Authenticity authenticity();

// How each configured channel reaches people.
Paths paths(config::Settings const& settings);

// An acknowledgement link as officers will get it, with dots for the key.
std::string link_example(config::Settings const& settings);

}  // namespace siaga
