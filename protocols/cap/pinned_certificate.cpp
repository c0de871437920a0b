#include "protocols/cap/pinned_certificate.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <array>
#include <ctime>

namespace siaga::cap {
namespace {

struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
struct FreeCertificate {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;
using Certificate = std::unique_ptr<X509, FreeCertificate>;

std::string subject_of(X509 const* certificate) {
  Bio const out(BIO_new(BIO_s_mem()));
  auto const flags = static_cast<unsigned long>(XN_FLAG_RFC2253) &
                     ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  char* text = nullptr;
  if (!out || X509_NAME_print_ex(out.get(), X509_get_subject_name(certificate), 0, flags) <= 0)
    return "a certificate without a subject";
  auto const size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

std::string date_of(ASN1_TIME const* time) {
  std::tm parts{};
  std::array<char, 16> text{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return "a date that cannot be read";
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts)};
}

std::string lapse_of(X509 const* certificate) {
  auto const* from = X509_get0_notBefore(certificate);
  auto const* until = X509_get0_notAfter(certificate);
  // Below zero: in the past; zero: the time cannot be read.
  if (X509_cmp_current_time(from) >= 0) return "is not valid before " + date_of(from);
  if (X509_cmp_current_time(until) <= 0) return "expired on " + date_of(until);
  return {};
}

}  // namespace

std::vector<PinnedCertificate> read_certificates(std::string_view pem) {
  std::vector<PinnedCertificate> found;
  Bio const in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  char no_password[] = "";  // else OpenSSL asks for one at the terminal
  while (in) {
    Certificate const certificate(PEM_read_bio_X509(in.get(), nullptr, nullptr, no_password));
    if (!certificate) break;
    PinnedCertificate pinned;
    pinned.key.reset(X509_get_pubkey(certificate.get()));
    pinned.subject = subject_of(certificate.get());
    pinned.lapse = lapse_of(certificate.get());
    if (pinned.key) found.push_back(std::move(pinned));
  }
  ERR_clear_error();
  return found;
}

}  // namespace siaga::cap
