// Terminal: the streams a command writes to, and the time it goes by; a test hands in its own.
//
// Place:  main, tests -> TERMINAL -> commands.
// Thread: main.
#pragma once

#include <ostream>

#include "gateway/domain/time.hpp"

namespace siaga::cli {

struct Terminal {
  std::ostream& out;
  std::ostream& err;
  UtcTime now{};
};

}  // namespace siaga::cli
