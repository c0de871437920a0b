// xml_signature: who signed a CAP document, judged by certificates known beforehand.
//
// Place:  formats -> XML SIGNATURE -> signature_library. Asked after the document was decoded.
// Thread: core only; the library is loaded at the first call and never before.
// Time:   a certificate's validity is judged by the machine's clock.
// Safety: only keys of the given certificates are tried, whatever the document itself offers. The
//         one reference is to the whole document (URI=""), and what may be done to it before
//         hashing is to take the signature out and to canonicalise. The reader reads the same bytes
//         and passes over signatures, so nothing it reads stands outside what was signed. No
//         network, no DTD, no entities; few signatures, few names in scope.
// Errors: bad_signature, why in one sentence. Of several signatures one that holds is enough.
// See:    CAP-v1.2 section 3.3.2.1; XML Signature sections 4.4 and 6.6.4; tests/cap/
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.hpp"
#include "protocols/cap/settings.hpp"

namespace siaga::cap {

// The signer's name as in the certificate (PEM) that holds: "CN=Polres Bontang,C=ID".
[[nodiscard]] Result<std::string> xml_signer(std::string_view bytes,
                                             std::vector<std::string> const& certificates,
                                             Settings const& settings);

}  // namespace siaga::cap
