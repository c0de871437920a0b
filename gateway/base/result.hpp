// Result: a value, or the Error that stood in its way. Never ignored, never thrown across a folder.
//
// Place:  the return type of every fallible function; write [[nodiscard]] on each.
// Thread: values; any thread.
#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <stdexcept>

#include "gateway/base/error.hpp"

namespace siaga {

template <class T>
using Result = boost::system::result<T, Error>;

[[noreturn]] inline void throw_exception_from_error(Error const& error,
                                                    boost::source_location const& /*where*/) {
  throw std::runtime_error(error.text());
}

}  // namespace siaga
