// smpp_kind: SMS by SMPP as the registry knows it.
//
// Place:  registry -> SMPP KIND -> app. `make` checks what the settings table cannot.
// Errors: invalid_configuration, file_unreadable, naming the key and what would be right.
#pragma once

#include "gateway/ports/channel.hpp"

namespace siaga::sms {

ChannelKind smpp_kind();

}  // namespace siaga::sms
