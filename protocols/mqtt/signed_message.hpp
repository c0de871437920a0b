// SignedMessage: an agency's Ed25519 signature beside an MQTT message, made and judged.
//
// Place:  `siaga sign`, `siaga send` -> the user properties `sig` and `key` -> RawMessage ->
//         intake.
// Thread: any; pure but for make_key_pair(), which asks the system for randomness.
// Form:   sig = <expires>;<base64 of 64 bytes>, expires in RFC 3339 with offset. Signed are the
//         bytes "siaga-signed-v1\n" topic "\n" expires "\n" payload: RFC 8032 section 5.1, pure.
// Errors: a Rejection whose rule begins with "signature." and whose incident is "signature".
// See:    gateway/decisions/0011-signatures.md, tests/mqtt/signed_message_test.cpp
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/domain/command.hpp"
#include "gateway/domain/signing.hpp"
#include "gateway/ports/inbox.hpp"

namespace siaga::mqtt {

inline constexpr char const* signature_property = "sig";
inline constexpr char const* key_id_property = "key";
inline constexpr std::size_t signature_bytes_max = 200;
inline constexpr std::size_t key_id_bytes_max = 100;
inline constexpr std::chrono::hours signature_life_max{24};

inline constexpr std::size_t seed_bytes = 32;
inline constexpr std::size_t public_key_bytes = 32;
inline constexpr std::size_t signature_bytes = 64;

struct KeyPair {
  std::string seed;  // the secret
  std::string public_key;
};
KeyPair make_key_pair();
KeyPair key_pair_of(std::string seed);  // seed_bytes long

// What a signature is over. `expires` is signed as it is written.
struct Statement {
  std::string_view topic, expires, payload;
};
std::string sign(KeyPair const& keys, Statement const& statement);  // the text of `sig`
bool is_signed_by(std::string_view public_key, Statement const& statement,
                  std::string_view signature);  // its 64 bytes

// Proof none: unsigned, and it may be; or its certificates may prove it once it is decoded.
// Proof unverified: signed, and the agency has no key to compare with.
Judged<Proof> check_signature(Signers const& signers, RawMessage const& message, UtcTime now);

// A property of a message from outside as it is kept: whole when it is no longer than `bytes_max`,
// else a little more than that, so that it is still seen to be too long.
std::string bounded(std::string_view text, std::size_t bytes_max);

std::string to_base64(std::string_view bytes);
// Only the one way of writing exactly this many bytes.
std::optional<std::string> from_base64(std::string_view text, std::size_t bytes);

}  // namespace siaga::mqtt
