// Authenticity: checks, before a message is decoded, that the right agency signed it.
//
// Place:  intake -> AUTHENTICITY -> decode. A rule of the transport, handed in by the app.
// Thread: core only; pure.
// Errors: a Rejection when the agency has keys and the signature is missing or wrong.
#pragma once

#include <functional>

#include "gateway/domain/command.hpp"
#include "gateway/domain/signing.hpp"
#include "gateway/ports/inbox.hpp"

namespace siaga::flow {

// A message without signature from an agency without keys gives Proof::Kind::none.
using Authenticity = std::function<Judged<Proof>(Signers const&, RawMessage const&, UtcTime)>;

}  // namespace siaga::flow
