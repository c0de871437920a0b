// require: a broken invariant stops the process at once; the journal makes the restart safe.
//
// Place:  anywhere an impossible state would otherwise be carried on.
// Thread: any.
#pragma once

#include <source_location>

namespace siaga {

[[noreturn]] void invariant_broken(char const* what, std::source_location where) noexcept;

inline void require(bool holds, char const* what,
                    std::source_location where = std::source_location::current()) noexcept {
  if (!holds) invariant_broken(what, where);
}

}  // namespace siaga
