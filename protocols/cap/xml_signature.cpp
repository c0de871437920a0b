#include "protocols/cap/xml_signature.hpp"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <openssl/err.h>

#include <memory>
#include <utility>

#include "protocols/cap/elements.hpp"
#include "protocols/cap/encoding.hpp"
#include "protocols/cap/pinned_certificate.hpp"
#include "protocols/cap/signature_library.hpp"
#include "protocols/cap/signature_shape.hpp"

namespace siaga::cap {
namespace {

constexpr std::size_t signatures_max = 4;

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

// The two in the middle are so with every key.
enum class Outcome { holds, changed, unreadable, other_key };

struct Free {
  void operator()(xmlParserCtxt* context) const {
    xmlFreeDoc(context->myDoc);
    xmlFreeParserCtxt(context);
  }
  void operator()(xmlDoc* tree) const { xmlFreeDoc(tree); }
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

// One question to the library: does this signature hold by this key?
class Trial {
 public:
  explicit Trial(SignatureLibrary const& library)
      : library_(library), context_(library.xmlSecDSigCtxCreate(nullptr)) {}
  ~Trial() {
    if (context_) library_.xmlSecDSigCtxDestroy(context_);
  }
  Trial(Trial const&) = delete;
  Trial& operator=(Trial const&) = delete;

  Outcome run(xmlNode* signature, PinnedCertificate const& certificate) {
    // With a key set, the document's KeyInfo is not looked at.
    if (!context_ || !(context_->signKey = key_of(certificate))) return Outcome::other_key;
    allow();
    bool const judged = library_.xmlSecDSigCtxVerify(context_, signature) == 0;
    auto* references = &context_->signedInfoReferences;
    if (library_.xmlSecPtrListGetSize(references) != 1) return Outcome::other_key;  // of its kind
    auto const* reference =
        static_cast<xmlSecDSigReferenceCtx const*>(library_.xmlSecPtrListGetItem(references, 0));
    if (reference->status == xmlSecDSigStatusInvalid) return Outcome::changed;
    if (reference->status != xmlSecDSigStatusSucceeded) return Outcome::unreadable;
    bool const holds = judged && context_->status == xmlSecDSigStatusSucceeded;
    return holds ? Outcome::holds : Outcome::other_key;
  }

 private:
  xmlSecKey* key_of(PinnedCertificate const& certificate) const;
  void allow();

  SignatureLibrary const& library_;
  xmlSecDSigCtx* context_;
};

xmlSecKey* Trial::key_of(PinnedCertificate const& certificate) const {
  auto* copy = library_.xmlSecOpenSSLEvpKeyDup(certificate.key.get());
  auto* data = copy ? library_.xmlSecOpenSSLEvpKeyAdopt(copy) : nullptr;
  if (copy && !data) EVP_PKEY_free(copy);
  auto* key = data ? library_.xmlSecKeyCreate() : nullptr;
  if (key && library_.xmlSecKeySetValue(key, data) == 0) return key;
  if (key) library_.xmlSecKeyDestroy(key);
  if (data) library_.xmlSecKeyDataDestroy(data);
  return nullptr;
}

// Beside what signature_shape has found good, nothing else is enabled in the library either.
void Trial::allow() {
  context_->enabledReferenceUris = xmlSecTransformUriTypeEmpty;
  context_->flags |= XMLSEC_DSIG_FLAGS_IGNORE_MANIFESTS;
  for (auto* const kind :
       {library_.xmlSecTransformInclC14NGetKlass, library_.xmlSecTransformExclC14NGetKlass}) {
    library_.xmlSecDSigCtxEnableReferenceTransform(context_, kind());
    library_.xmlSecDSigCtxEnableSignatureTransform(context_, kind());
  }
  for (auto* const kind :
       {library_.xmlSecTransformEnvelopedGetKlass, library_.xmlSecOpenSSLTransformSha256GetKlass,
        library_.xmlSecOpenSSLTransformSha384GetKlass,
        library_.xmlSecOpenSSLTransformSha512GetKlass})
    library_.xmlSecDSigCtxEnableReferenceTransform(context_, kind());
  for (auto* const kind : {library_.xmlSecOpenSSLTransformRsaSha256GetKlass,
                           library_.xmlSecOpenSSLTransformRsaSha384GetKlass,
                           library_.xmlSecOpenSSLTransformRsaSha512GetKlass,
                           library_.xmlSecOpenSSLTransformEcdsaSha256GetKlass,
                           library_.xmlSecOpenSSLTransformEcdsaSha384GetKlass,
                           library_.xmlSecOpenSSLTransformEcdsaSha512GetKlass})
    library_.xmlSecDSigCtxEnableSignatureTransform(context_, kind());
}

struct Verdict {
  std::string signer;  // "" when there is none, then
  std::string why;
};

Verdict judge(xmlNode* signature, std::vector<PinnedCertificate> const& certificates) {
  if (auto flaw = flaw_of(signature); !flaw.empty()) return {{}, std::move(flaw)};
  auto const& library = *signature_library();
  std::string why = "it was not made with the key of any certificate known here";
  for (auto const& certificate : certificates) {
    auto const outcome = Trial(library).run(signature, certificate);
    if (outcome == Outcome::changed) return {{}, "the document was changed after it was signed"};
    if (outcome == Outcome::unreadable)
      return {{}, "its digest is not base64, or a namespace is not an absolute URI"};
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
  if (!signature_library())
    return refusal("libxmlsec1-openssl, which verifies signatures, is not installed or not usable");
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
