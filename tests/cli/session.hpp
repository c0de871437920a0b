// Session: one command line carried out, and what it wrote.
#pragma once

#include <sstream>
#include <string>

#include "gateway/cli/program.hpp"

namespace siaga::cli::test {

// 2026-11-23 14:30:00 WITA
inline constexpr UtcTime half_past_two = UtcTime(milliseconds(1'795'415'400'000));

struct Session {
  int exit = -1;
  std::string out, err;
};

inline Session session(std::vector<std::string> arguments) {
  std::ostringstream out, err;
  Session done;
  done.exit = run_program(std::move(arguments), {out, err, half_past_two});
  done.out = out.str();
  done.err = err.str();
  return done;
}

inline std::string source(std::string const& path) {
  return std::string(SIAGA_SOURCE "/") + path;
}

}  // namespace siaga::cli::test
