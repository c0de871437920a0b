// PinnedCertificate: a certificate the operator trusts by its file: its key, whose it is, and when.
//
// Place:  PEM text -> PINNED CERTIFICATE -> xml_signature.
// Thread: values. Nobody vouches for it: no chain is built and no revocation asked.
// Time:   validity by the machine's clock.
// See:    RFC 7468 (PEM), RFC 5280 section 4.1.2.5, RFC 2253 (names).
#pragma once

#include <openssl/evp.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace siaga::cap {

struct PinnedCertificate {
  struct FreeKey {
    void operator()(EVP_PKEY* held) const { EVP_PKEY_free(held); }
  };

  std::unique_ptr<EVP_PKEY, FreeKey> key;
  std::string subject;  // "CN=Polres Bontang,C=ID"
  std::string lapse;    // "expired on 2026-01-31", "is not valid before ..."; "" while valid
};

// All that the text holds; none when it cannot be read.
std::vector<PinnedCertificate> read_certificates(std::string_view pem);

}  // namespace siaga::cap
