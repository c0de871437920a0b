#include "tests/email/certificate.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <memory>
#include <stdexcept>

namespace siaga::email::test {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using File = std::unique_ptr<std::FILE, decltype(&std::fclose)>;

void expect(bool holds, char const* what) {
  if (!holds) throw std::runtime_error(std::string("certificate: ") + what);
}

void add_extension(X509* certificate, int id, std::string const& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  auto* extension = X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str());
  expect(extension != nullptr, value.c_str());
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

File open_file(std::string const& path) {
  File file(std::fopen(path.c_str(), "w"), &std::fclose);
  expect(file != nullptr, path.c_str());
  return file;
}

}  // namespace

CertificateFiles make_certificate(std::string const& directory, std::string const& name,
                                  std::string const& subject_alternative) {
  Key const key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
  Certificate const certificate(X509_new(), &X509_free);
  auto* x509 = certificate.get();
  expect(key != nullptr && x509 != nullptr, "out of memory");
  X509_set_version(x509, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
  X509_gmtime_adj(X509_getm_notBefore(x509), -60);
  X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
  auto* subject = X509_get_subject_name(x509);
  auto const* common_name = reinterpret_cast<unsigned char const*>(name.c_str());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, common_name, -1, -1, 0);
  X509_set_issuer_name(x509, subject);
  X509_set_pubkey(x509, key.get());
  add_extension(x509, NID_basic_constraints, "critical,CA:TRUE");
  add_extension(x509, NID_subject_alt_name, subject_alternative);
  expect(X509_sign(x509, key.get(), EVP_sha256()) > 0, "cannot be signed");

  CertificateFiles files{directory + "/" + name + ".pem", directory + "/" + name + ".key"};
  expect(PEM_write_X509(open_file(files.certificate).get(), x509) == 1, "cannot be written");
  expect(PEM_write_PrivateKey(open_file(files.key).get(), key.get(), nullptr, nullptr, 0, nullptr,
                              nullptr) == 1,
         "key cannot be written");
  return files;
}

}  // namespace siaga::email::test
