// smtp_kind: email by SMTP, one line in the registry.
//
// Place:  registry.cpp -> KIND -> app.
// See:    settings.hpp for the keys, channel.hpp for the behaviour.
#pragma once

#include "gateway/ports/channel.hpp"

namespace siaga::email {

ChannelKind smtp_kind();  // kind "smtp", address key "email"

}  // namespace siaga::email
