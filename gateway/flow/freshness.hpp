// Freshness: whether a message is recent: neither dated ahead of our clock nor older than the
// window.
//
// Place:  decode -> FRESHNESS -> authorise. A rule of the payload's standard, handed in by the app.
// Thread: core only; pure.
#pragma once

#include <functional>

#include "gateway/domain/command.hpp"

namespace siaga::flow {

using Freshness = std::function<Judged<Command>(Command, UtcTime)>;

}  // namespace siaga::flow
