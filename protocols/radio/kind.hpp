// The channel kind "voice": spoken announcements on a radio channel.
//
// Place:  registry.cpp -> KIND -> VoiceChannel.
// Errors: make(): invalid_configuration naming the key, its value and what would be right.
#pragma once

#include "gateway/ports/channel.hpp"

namespace siaga::radio {

ChannelKind voice_kind();

}  // namespace siaga::radio
