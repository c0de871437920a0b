// shorten: decides which words of a message stay when not all of it fits.
//
// Place:  compose_sms -> SHORTEN. Pure.
// Rule:   kept in this order: mark (LATIHAN, UJI COBA), level, event, place, time, action, code,
//         sender. Words are left out from the end of that order, the sender first, after everything
//         else that an SMS may do without. Mark, level and code are always whole, however long they
//         are. Event, place and action may be cut: at the end of a word, and of a character with
//         its marks; a time never. Three dots stand where something is missing.
#pragma once

#include <functional>

#include "gateway/domain/message.hpp"

namespace siaga::sms {

// Closing messages and notices bring their whole sentence in `text`.
bool is_ready_made(Message const& message);

// `fits` never gets a longer message than one it accepted before.
Message shortened(Message const& message, std::function<bool(Message const&)> const& fits);

}  // namespace siaga::sms
