// require: a broken invariant stops the process at once; the journal makes the restart safe.
//
// Place:  anywhere an impossible state would otherwise be carried on.
// Thread: any.
#pragma once

#include <boost/assert/source_location.hpp>

namespace siaga {

[[noreturn]] void invariant_broken(char const* what, boost::source_location where) noexcept;

inline void require(bool holds, char const* what,
                    boost::source_location where = BOOST_CURRENT_LOCATION) noexcept {
  if (!holds) invariant_broken(what, where);
}

}  // namespace siaga
