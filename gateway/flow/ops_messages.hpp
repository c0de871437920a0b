// ops_messages: who of ops is told of what, by which path, in which words.
//
// Place:  incidents -> OPS MESSAGES -> journal's deliveries, or straight to a channel while the
//         store takes nothing.
// Thread: core only; pure.
// Rules:  every officer of the teams of [incidents], by each of its channels he has an address on.
//         A channel the incident is about carries nothing of it, unless a standby carries for it.
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
