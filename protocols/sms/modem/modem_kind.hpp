// modem_kind: SMS by a GSM modem as the registry knows it.
//
// Place:  registry -> MODEM KIND -> app. `make` checks what the settings table cannot.
// Errors: invalid_configuration, naming the key and what would be right.
#pragma once

#include "gateway/ports/channel.hpp"

namespace siaga::sms {

ChannelKind modem_kind();

}  // namespace siaga::sms
