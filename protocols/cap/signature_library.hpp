// SignatureLibrary: libxmlsec1 with its OpenSSL back end, loaded and started when first asked for,
// so that a gateway which verifies no signature neither links nor keeps it.
//
// Place:  xml_signature -> SIGNATURE LIBRARY -> libxmlsec1-openssl.so.1.
// Thread: core only. Once loaded it stays.
// Safety: it says nothing on standard error, and can open nothing by name.
// Errors: null when it is not installed or does not start; that is not tried again.
#pragma once

#include <xmlsec/crypto.h>
#include <xmlsec/errors.h>
#include <xmlsec/io.h>
#include <xmlsec/openssl/crypto.h>
#include <xmlsec/openssl/evp.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlsec.h>

namespace siaga::cap {

#define SIAGA_XMLSEC_FUNCTIONS(X)              \
  X(xmlSecInit)                                \
  X(xmlSecErrorsSetCallback)                   \
  X(xmlSecIOCleanupCallbacks)                  \
  X(xmlSecPtrListGetSize)                      \
  X(xmlSecPtrListGetItem)                      \
  X(xmlSecKeyCreate)                           \
  X(xmlSecKeyDestroy)                          \
  X(xmlSecKeySetValue)                         \
  X(xmlSecKeyDataDestroy)                      \
  X(xmlSecDSigCtxCreate)                       \
  X(xmlSecDSigCtxDestroy)                      \
  X(xmlSecDSigCtxVerify)                       \
  X(xmlSecDSigCtxEnableReferenceTransform)     \
  X(xmlSecDSigCtxEnableSignatureTransform)     \
  X(xmlSecTransformEnvelopedGetKlass)          \
  X(xmlSecTransformInclC14NGetKlass)           \
  X(xmlSecTransformExclC14NGetKlass)           \
  X(xmlSecOpenSSLInit)                         \
  X(xmlSecOpenSSLEvpKeyDup)                    \
  X(xmlSecOpenSSLEvpKeyAdopt)                  \
  X(xmlSecOpenSSLTransformSha256GetKlass)      \
  X(xmlSecOpenSSLTransformSha384GetKlass)      \
  X(xmlSecOpenSSLTransformSha512GetKlass)      \
  X(xmlSecOpenSSLTransformRsaSha256GetKlass)   \
  X(xmlSecOpenSSLTransformRsaSha384GetKlass)   \
  X(xmlSecOpenSSLTransformRsaSha512GetKlass)   \
  X(xmlSecOpenSSLTransformEcdsaSha256GetKlass) \
  X(xmlSecOpenSSLTransformEcdsaSha384GetKlass) \
  X(xmlSecOpenSSLTransformEcdsaSha512GetKlass)

template <auto function>
using TypeOf = decltype(function);

// Its functions by their own names.
struct SignatureLibrary {
#define SIAGA_XMLSEC_MEMBER(name) TypeOf<& ::name> name = nullptr;
  SIAGA_XMLSEC_FUNCTIONS(SIAGA_XMLSEC_MEMBER)
#undef SIAGA_XMLSEC_MEMBER
};

SignatureLibrary const* signature_library();

}  // namespace siaga::cap
