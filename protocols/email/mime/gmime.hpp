// gmime: GMime's objects with owners, so that nothing of GMime is released by hand. The only
// include of GMime in the project's own code.
//
// Place:  assemble.cpp, and the tests that read mails back.
// Thread: core only; start_gmime() before anything else, as often as you like.
#pragma once

#include <gmime/gmime.h>

#include <memory>

namespace siaga::email {

struct Unref {
  void operator()(void* object) const noexcept { g_object_unref(object); }
};
struct GlibFree {
  void operator()(void* memory) const noexcept { g_free(memory); }
};
struct FormatOptionsFree {
  void operator()(GMimeFormatOptions* options) const noexcept {
    g_mime_format_options_free(options);
  }
};

template <class T>
using Owned = std::unique_ptr<T, Unref>;
using OwnedText = std::unique_ptr<char, GlibFree>;
using OwnedFormat = std::unique_ptr<GMimeFormatOptions, FormatOptionsFree>;

inline void start_gmime() {
  [[maybe_unused]] static bool const started = [] {
    g_mime_init();
    return true;
  }();
}

}  // namespace siaga::email
