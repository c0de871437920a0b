// Fault: one place that is not as it was written, for the parts of verify.
//
// Place:  verify, evidence, states, kept_answers.
// Thread: values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace siaga::journal {

struct Fault {
  std::int64_t row = 0;  // of the log
  std::string why;
  bool in_log = true;  // else in a table that the log contradicts
};

inline std::string row_name(std::int64_t row) {
  return "row " + std::to_string(row);
}

inline Fault contradiction(std::int64_t row, std::string what) {
  return {row, std::move(what), false};
}

}  // namespace siaga::journal
