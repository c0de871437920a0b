#include "protocols/cap/xml_signature.hpp"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <openssl/err.h>
#include <xmlsec/crypto.h>
#include <xmlsec/errors.h>
#include <xmlsec/io.h>
#include <xmlsec/openssl/evp.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlsec.h>

#include "protocols/cap/elements.hpp"
#include "protocols/cap/encoding.hpp"
#include "protocols/cap/pinned_certificate.hpp"
#include "protocols/cap/signature_shape.hpp"

namespace siaga::cap {
namespace {

constexpr std::size_t signatures_max = 4;

void ignore(char const*, int, char const*, char const*, char const*, int, char const*) {}

// xmlsec, once started, stays: silent, and unable to open anything by name.
bool start_library() {
  xmlInitParser();
  if (xmlSecInit() < 0 || xmlSecOpenSSLInit() < 0) return false;
  xmlSecErrorsSetCallback(ignore);  // both of those set their own
  xmlSecIOCleanupCallbacks();
  return true;
}

// While it lives, libxml2 keeps what it thinks of a document off standard error.
class Silence {
 public:
  Silence() : function_(xmlStructuredError), context_(xmlStructuredErrorContext) {
    xmlSetStructuredErrorFunc(nullptr, [](void*, auto*) {});
  }
  ~Silence() {
    xmlSetStructuredErrorFunc(context_, function_);
    ERR_clear_error();
  }
  Silence(Silence const&) = delete;
  Silence& operator=(Silence const&) = delete;

 private:
  xmlStructuredErrorFunc function_;
  void* context_;
};

struct Free {
  void operator()(xmlParserCtxt* context) const {
    xmlFreeDoc(context->myDoc);
    xmlFreeParserCtxt(context);
  }
  void operator()(xmlDoc* tree) const { xmlFreeDoc(tree); }
  void operator()(xmlSecDSigCtx* context) const { xmlSecDSigCtxDestroy(context); }
  void operator()(xmlSecKey* key) const { xmlSecKeyDestroy(key); }
};
template <class T>
using Held = std::unique_ptr<T, Free>;

// The text as the reader takes it, as a tree; null when it is no document, or has a DTD.
Held<xmlDoc> tree_of(std::string_view text) {
  Held<xmlParserCtxt> const context(
      xmlCreateMemoryParserCtxt(text.data(), static_cast<int>(text.size())));
  if (!context) return nullptr;
  bool dtd = false;
  context->_private = &dtd;
  xmlCtxtUseOptions(context.get(), XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR |
                                       XML_PARSE_NOWARNING);
  context->sax->internalSubset = [](void* self, xmlChar const*, xmlChar const*, xmlChar const*) {
    auto* parser = static_cast<xmlParserCtxt*>(self);
    *static_cast<bool*>(parser->_private) = true;
    xmlStopParser(parser);
  };
  xmlParseDocument(context.get());
  if (dtd || context->wellFormed == 0) return nullptr;
  return Held<xmlDoc>(std::exchange(context->myDoc, nullptr));
}

// Beside what signature_shape has found good, nothing else is enabled in the library either.
void allow(xmlSecDSigCtx& context) {
  context.enabledReferenceUris = xmlSecTransformUriTypeEmpty;
  context.flags |= XMLSEC_DSIG_FLAGS_IGNORE_MANIFESTS;
  for (auto* const id : {xmlSecTransformInclC14NId, xmlSecTransformExclC14NId}) {
    xmlSecDSigCtxEnableReferenceTransform(&context, id);
    xmlSecDSigCtxEnableSignatureTransform(&context, id);
  }
  for (auto* const id : {xmlSecTransformEnvelopedId, xmlSecTransformSha256Id,
                         xmlSecTransformSha384Id, xmlSecTransformSha512Id})
    xmlSecDSigCtxEnableReferenceTransform(&context, id);
  for (auto* const id :
       {xmlSecTransformRsaSha256Id, xmlSecTransformRsaSha384Id, xmlSecTransformRsaSha512Id,
        xmlSecTransformEcdsaSha256Id, xmlSecTransformEcdsaSha384Id, xmlSecTransformEcdsaSha512Id})
    xmlSecDSigCtxEnableSignatureTransform(&context, id);
}

Held<xmlSecKey> key_of(PinnedCertificate const& certificate) {
  auto* copy = xmlSecOpenSSLEvpKeyDup(certificate.key.get());
  auto* data = copy ? xmlSecOpenSSLEvpKeyAdopt(copy) : nullptr;
  if (copy && !data) EVP_PKEY_free(copy);
  Held<xmlSecKey> key(data ? xmlSecKeyCreate() : nullptr);
  if (key && xmlSecKeySetValue(key.get(), data) == 0) return key;
  if (data) xmlSecKeyDataDestroy(data);
  return nullptr;
}

enum class Outcome { holds, changed, unreadable, other_key };

Outcome try_key(xmlNode* signature, PinnedCertificate const& certificate) {
  Held<xmlSecDSigCtx> const context(xmlSecDSigCtxCreate(nullptr));
  auto key = key_of(certificate);
  if (!context || !key) return Outcome::other_key;
  allow(*context);
  context->signKey = key.release();  // with a key set, the document's KeyInfo is not looked at
  bool const judged = xmlSecDSigCtxVerify(context.get(), signature) == 0;
  auto& references = context->signedInfoReferences;
  if (xmlSecPtrListGetSize(&references) != 1) return Outcome::other_key;  // not even of its kind
  if (!judged) return Outcome::unreadable;
  auto const* reference =
      static_cast<xmlSecDSigReferenceCtx const*>(xmlSecPtrListGetItem(&references, 0));
  if (reference->status != xmlSecDSigStatusSucceeded) return Outcome::changed;
  return context->status == xmlSecDSigStatusSucceeded ? Outcome::holds : Outcome::other_key;
}

struct Verdict {
  std::string signer;  // "" when there is none, then
  std::string why;
};

Verdict judge(xmlNode* signature, std::vector<PinnedCertificate> const& certificates) {
  if (auto flaw = flaw_of(signature); !flaw.empty()) return {{}, std::move(flaw)};
  std::string why = "it was not made with the key of any certificate known here";
  for (auto const& certificate : certificates) {
    auto const outcome = try_key(signature, certificate);
    if (outcome == Outcome::changed) return {{}, "the document was changed after it was signed"};
    if (outcome == Outcome::unreadable)
      return {{}, "a value of it is not base64, or a namespace is not an absolute URI"};
    if (outcome == Outcome::other_key) continue;
    if (certificate.lapse.empty()) return {certificate.subject, {}};
    why = "the certificate of " + certificate.subject + ' ' + certificate.lapse;
  }
  return {{}, std::move(why)};
}

std::vector<xmlNode*> signatures_of(xmlNode const* root) {
  std::vector<xmlNode*> found;
  for (auto* child : elements_of(root))
    if (is_signature_element(child, "Signature")) found.push_back(child);
  return found;
}

Error refusal(std::string why) {
  return {Errc::bad_signature, std::move(why)};
}

Result<std::string> judge_all(std::vector<xmlNode*> const& signatures,
                              std::vector<PinnedCertificate> const& certificates) {
  std::string whys;
  for (std::size_t i = 0; i < signatures.size(); ++i) {
    auto verdict = judge(signatures[i], certificates);
    if (!verdict.signer.empty()) return std::move(verdict.signer);
    if (signatures.size() == 1) return refusal(std::move(verdict.why));
    whys += (i == 0 ? "signature " : "; signature ") + std::to_string(i + 1) + ": " + verdict.why;
  }
  return refusal(std::move(whys));
}

}  // namespace

Result<std::string> xml_signer(std::string_view bytes, std::vector<std::string> const& certificates,
                               Settings const& settings) {
  if (bytes.size() > static_cast<std::size_t>(settings.bytes_max))
    return refusal("the document has " + std::to_string(bytes.size()) + " bytes, at most " +
                   std::to_string(settings.bytes_max) + " are read");
  static bool const started = start_library();
  if (!started) return refusal("the library that verifies signatures could not be started");
  std::vector<PinnedCertificate> pinned;
  for (auto const& pem : certificates)
    for (auto& certificate : read_certificates(pem)) pinned.push_back(std::move(certificate));
  if (pinned.empty()) return refusal("no certificate is known that could verify it");

  Silence const silence;
  std::string storage;
  auto const utf8 = as_utf8(bytes, storage);
  auto const tree = utf8.fault == EncodingFault::none ? tree_of(utf8.text) : nullptr;
  auto const* root = tree ? xmlDocGetRootElement(tree.get()) : nullptr;
  if (!root || text_view(root->name) != "alert" || !root->ns ||
      text_view(root->ns->href) != cap_namespace)
    return refusal("it is not a CAP document in XML, without a DOCTYPE");
  auto const signatures = signatures_of(root);
  if (signatures.empty()) return refusal("the alert itself carries no XML signature");
  if (signatures.size() > signatures_max)
    return refusal("it carries " + std::to_string(signatures.size()) + " signatures, at most " +
                   std::to_string(signatures_max) + " are verified");
  if (is_overloaded(root)) return refusal("it declares more names or attributes than CAP needs");
  return judge_all(signatures, pinned);
}

}  // namespace siaga::cap
