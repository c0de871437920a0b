// recipient_codec: a list of recipients as bytes, for chunks that are written out later.
//
// Place:  outbox writes chunks, expand reads them back.
// Thread: pure.
// Durable: officer, address, language, each after its length in 4 bytes, most significant first.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "gateway/base/result.hpp"
#include "gateway/domain/plan.hpp"

namespace siaga::journal {

std::string encode(std::span<Recipient const> recipients);
[[nodiscard]] Result<std::vector<Recipient>> decode_recipients(std::string_view bytes,
                                                               ChannelName const& channel);

}  // namespace siaga::journal
