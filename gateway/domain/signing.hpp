// Signing: the keys by which an agency proves that a message is its own, and the proof itself.
//
// Place:  configuration -> Grant -> intake (authenticity) -> the log.
// Thread: values. Public parts only: the gateway never holds an agency's secret.
// See:    decisions/0011-signatures.md; CAP-v1.2 section 3.3.2.1 for signatures inside XML.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/domain/time.hpp"

namespace siaga {

// An Ed25519 public key, valid from .. until, unless it was revoked.
struct SigningKey {
  std::string id;          // the user property `key`
  std::string public_key;  // 32 bytes
  std::optional<UtcTime> from, until;
  bool revoked = false;
};

struct Signers {
  std::vector<SigningKey> keys;
  std::vector<std::string> certificates;  // PEM, pinned: nobody else's is trusted

  bool required() const noexcept { return !keys.empty() || !certificates.empty(); }
};

// How far a message is known to be from whom it says.
struct Proof {
  enum class Kind { none, unverified, verified };
  Kind kind = Kind::none;
  std::string by;  // "ed25519 polres-2026", "xmldsig CN=Polres Bontang"; unverified: "xmldsig"
};
// "none", "unverified xmldsig", "verified ed25519 polres-2026"
std::string text_of(Proof const& proof);

}  // namespace siaga
