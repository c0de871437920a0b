#include "gateway/base/assert.hpp"

#include <cstdlib>

#include "gateway/base/log.hpp"

namespace siaga {

void invariant_broken(char const* what, boost::source_location where) noexcept {
  log::error("invariant_broken",
             {{"what", what}, {"file", where.file_name()}, {"line", std::to_string(where.line())}});
  std::abort();
}

}  // namespace siaga
