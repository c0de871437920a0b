#include "tests/cap/xml_signer.hpp"

#include <libxml/parser.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <xmlsec/crypto.h>
#include <xmlsec/openssl/evp.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlsec.h>
#include <xmlsec/xmltree.h>

#include <stdexcept>

#include "protocols/cap/xml_signature.hpp"

namespace siaga::cap::test {
namespace {

void expect(bool holds, char const* what) {
  if (!holds) throw std::runtime_error(std::string("xml_signer: ") + what);
}

void add_name(X509_NAME* subject, char const* field, std::string const& text) {
  X509_NAME_add_entry_by_txt(subject, field, MBSTRING_UTF8,
                             reinterpret_cast<unsigned char const*>(text.c_str()), -1, -1, 0);
}

std::string pem_of(X509* certificate) {
  std::unique_ptr<BIO, decltype(&BIO_free)> const out(BIO_new(BIO_s_mem()), &BIO_free);
  expect(PEM_write_bio_X509(out.get(), certificate) == 1, "certificate cannot be written");
  char* text = nullptr;
  auto const size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

std::string reference_of(SignatureShape const& shape) {
  auto text = "<ds:Reference URI=\"" + shape.uri + "\"><ds:Transforms>";
  for (std::size_t i = 0; i < shape.transforms.size(); ++i)
    text += "<ds:Transform Algorithm=\"" + shape.transforms[i] + "\">" +
            (i + 1 == shape.transforms.size() ? shape.inside_transform : "") + "</ds:Transform>";
  return text + "</ds:Transforms><ds:DigestMethod Algorithm=\"" + shape.digest +
         "\"/><ds:DigestValue/></ds:Reference>";
}

std::string template_of(SignatureShape const& shape) {
  auto text =
      "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:SignedInfo>"
      "<ds:CanonicalizationMethod Algorithm=\"" +
      shape.canonical + "\"/><ds:SignatureMethod Algorithm=\"" + shape.method + "\"/>";
  for (int i = 0; i < shape.references; ++i) text += reference_of(shape);
  return text + "</ds:SignedInfo><ds:SignatureValue/>" + shape.key_info + "</ds:Signature>";
}

// The signature just put in is the one without a value; it may stand anywhere.
xmlNode* unsigned_node(xmlNode* from) {
  for (auto* node = from; node; node = node->next) {
    if (auto* found = unsigned_node(node->children)) return found;
    if (node->type == XML_ELEMENT_NODE && !node->children &&
        xmlStrEqual(node->name, xmlSecNodeSignatureValue))
      return node->parent;
  }
  return nullptr;
}

void register_ids(xmlDoc* tree, xmlNode* from) {
  for (auto* node = from; node; node = node->next) {
    register_ids(tree, node->children);
    if (node->type != XML_ELEMENT_NODE) continue;
    auto* id = xmlHasProp(node, reinterpret_cast<xmlChar const*>("Id"));
    if (id) xmlAddID(nullptr, tree, id->children->content, id);
  }
}

}  // namespace

Identity make_identity(std::string const& name, KeyKind kind, Validity validity) {
  auto* made = kind == KeyKind::rsa  ? EVP_RSA_gen(2048)
               : kind == KeyKind::ec ? EVP_EC_gen("P-256")
                                     : EVP_EC_gen("P-384");
  Identity identity{std::shared_ptr<EVP_PKEY>(made, &EVP_PKEY_free), {}};
  std::unique_ptr<X509, decltype(&X509_free)> const certificate(X509_new(), &X509_free);
  auto* x509 = certificate.get();
  expect(made != nullptr && x509 != nullptr, "out of memory");
  X509_set_version(x509, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
  X509_gmtime_adj(X509_getm_notBefore(x509), validity.from_s);
  X509_gmtime_adj(X509_getm_notAfter(x509), validity.until_s);
  auto* subject = X509_get_subject_name(x509);
  add_name(subject, "C", "ID");
  add_name(subject, "CN", name);
  X509_set_issuer_name(x509, subject);
  X509_set_pubkey(x509, made);
  expect(X509_sign(x509, made, EVP_sha256()) > 0, "certificate cannot be signed");
  identity.certificate = pem_of(x509);
  return identity;
}

std::string sign(std::string const& xml, Identity const& identity, SignatureShape const& shape) {
  static_cast<void>(xml_signer({}, {}, Settings{}));  // starts the library as the gateway does
  auto text = xml;
  auto const place = text.rfind(shape.before);
  expect(place != std::string::npos, "no place for the signature");
  text.insert(place, template_of(shape));
  std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> const tree(
      xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr, 0), &xmlFreeDoc);
  expect(tree != nullptr, "not well-formed");
  register_ids(tree.get(), tree->children);

  std::unique_ptr<xmlSecDSigCtx, decltype(&xmlSecDSigCtxDestroy)> const context(
      xmlSecDSigCtxCreate(nullptr), &xmlSecDSigCtxDestroy);
  context->signKey = xmlSecKeyCreate();
  EVP_PKEY_up_ref(identity.key.get());
  xmlSecKeySetValue(context->signKey, xmlSecOpenSSLEvpKeyAdopt(identity.key.get()));
  expect(xmlSecDSigCtxSign(context.get(), unsigned_node(tree->children)) == 0, "cannot sign");

  xmlChar* out = nullptr;
  int size = 0;
  xmlDocDumpMemory(tree.get(), &out, &size);
  std::string result(reinterpret_cast<char const*>(out), static_cast<std::size_t>(size));
  xmlFree(out);
  return result;
}

}  // namespace siaga::cap::test
