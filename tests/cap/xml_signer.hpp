// xml_signer: keys with certificates, and documents signed with them, well or as the case wants.
#pragma once

#include <openssl/evp.h>

#include <memory>
#include <string>
#include <vector>

namespace siaga::cap::test {

enum class KeyKind { rsa, ec, larger_ec };

struct Identity {
  std::shared_ptr<EVP_PKEY> key;
  std::string certificate;  // PEM
};

struct Validity {
  long from_s = -3600;  // from now
  long until_s = 3600;
};

// Signed by itself: "CN=<name>,C=ID".
Identity make_identity(std::string const& name, KeyKind kind, Validity validity = {});

struct SignatureShape {
  std::string method = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
  std::string digest = "http://www.w3.org/2001/04/xmlenc#sha256";
  std::string canonical = "http://www.w3.org/2001/10/xml-exc-c14n#";
  std::vector<std::string> transforms = {"http://www.w3.org/2000/09/xmldsig#enveloped-signature",
                                         "http://www.w3.org/2001/10/xml-exc-c14n#"};
  std::string uri;                  // "#x": the element with the attribute Id="x"
  std::string before = "</alert>";  // where the signature goes
  std::string key_info;
  std::string inside_transform;  // of the last one
  int references = 1;
};

std::string sign(std::string const& xml, Identity const& identity,
                 SignatureShape const& shape = {});

}  // namespace siaga::cap::test
