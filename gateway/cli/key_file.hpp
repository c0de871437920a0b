// KeyFile: an agency's secret signing key on its own disk: a comment, and the seed in base64.
//
// Place:  keygen -> KEY FILE -> sign, send. Never read by the gateway.
// Thread: main.
// Errors: already_exists, storage_failed (writing); file_unreadable, invalid_configuration
//         (reading).
// Durable: on disk when written; only its owner may read it, from its first byte on.
#pragma once

#include <string>

#include "gateway/base/result.hpp"
#include "protocols/mqtt/signed_message.hpp"

namespace siaga::cli {

[[nodiscard]] Result<void> write_key_file(std::string const& path, mqtt::KeyPair const& keys);
[[nodiscard]] Result<mqtt::KeyPair> read_key_file(std::string const& path);
bool others_may_read(std::string const& path);

}  // namespace siaga::cli
