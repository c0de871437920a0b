// certificate: a self-made certificate for 127.0.0.1, valid for an hour, as PEM files.
#pragma once

#include <string>

namespace siaga::email::test {

struct CertificateFiles {
  std::string certificate, key;
};
// Throws when OpenSSL cannot.
CertificateFiles make_certificate(std::string const& directory, std::string const& name,
                                  std::string const& subject_alternative);

}  // namespace siaga::email::test
