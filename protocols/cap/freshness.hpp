// freshness: whether a message is of now: not dated ahead of our clock, not older than the window.
//
// Place:  decode -> FRESHNESS -> authorise. Apart from decode because it needs the time.
// Thread: any; pure.
// Errors: a Rejection of rule policy.sent.ahead or policy.sent.stale.
// Note:   ask for duplicates first: a republished message that was accepted once is not stale.
#pragma once

#include "gateway/domain/command.hpp"
#include "protocols/cap/settings.hpp"

namespace siaga::cap {

[[nodiscard]] Judged<Command> check_freshness(Command command, UtcTime now,
                                              Settings const& settings);

}  // namespace siaga::cap
