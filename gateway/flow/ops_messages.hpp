// ops_messages: which of the ops is told of which incident, by which path, in which words.
//
// Place:  incidents -> OPS MESSAGES -> journal's deliveries, or straight to a channel while the
//         store takes nothing.
// Thread: core only; pure.
// Rules:  every officer of the teams of [incidents], by each of its channels for which he has an
//         address. The channel that an incident is about carries no message of it, unless a standby
//         carries for that channel.
#pragma once

#include <functional>

#include "gateway/flow/incident_book.hpp"
#include "gateway/flow/world.hpp"

namespace siaga::flow {

// Whether another channel carries for this one now.
using IsCarried = std::function<bool(ChannelName const&)>;

std::vector<OpsMessage> ops_messages(World const& world, IncidentNotice const& notice,
                                     std::string const& gateway, IsCarried const& is_carried);

}  // namespace siaga::flow
