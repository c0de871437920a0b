#include "protocols/cap/signature_library.hpp"

#include <dlfcn.h>
#include <libxml/parser.h>

#include <optional>

namespace siaga::cap {
namespace {

void ignore(char const*, int, char const*, char const*, char const*, int, char const*) {}

template <class Function>
bool find(void* handle, char const* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(handle, name));
  return function != nullptr;
}

std::optional<SignatureLibrary> load() {
  auto* const handle = dlopen("libxmlsec1-openssl.so.1", RTLD_NOW | RTLD_LOCAL);
  if (!handle) return std::nullopt;
  SignatureLibrary library;
  bool complete = true;
#define SIAGA_XMLSEC_FIND(name) complete = complete && find(handle, #name, library.name);
  SIAGA_XMLSEC_FUNCTIONS(SIAGA_XMLSEC_FIND)
#undef SIAGA_XMLSEC_FIND
  if (!complete) return std::nullopt;
  xmlInitParser();
  if (library.xmlSecInit() < 0 || library.xmlSecOpenSSLInit() < 0) return std::nullopt;
  library.xmlSecErrorsSetCallback(ignore);  // both of those set their own
  library.xmlSecIOCleanupCallbacks();
  return library;
}

}  // namespace

SignatureLibrary const* signature_library() {
  static std::optional<SignatureLibrary> const library = load();
  return library ? &*library : nullptr;
}

}  // namespace siaga::cap
