// Verdict: what verification found; and what it may hold the store against, beside itself.
//
// Place:  `siaga log verify` -> History -> verify -> VERDICT.
// Thread: values.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gateway/domain/alert.hpp"

namespace siaga::journal {

// A checkpoint that was kept elsewhere.
struct KeptCheckpoint {
  std::int64_t size = 0;
  std::string root;  // hex
};

// Reads a message again; none when it cannot be read by the limits of today.
using Decoding =
    std::function<std::optional<Alert>(std::string_view content_type, std::string_view payload)>;

// What verification may hold the store against, beside itself.
struct VerifyAids {
  std::vector<KeptCheckpoint> against;
  std::string decoder;  // version of `decode`; messages read by another are not compared
  Decoding decode;
};

struct Verdict {
  bool whole = false;
  bool log_whole = false;  // false and whole is false too; else a table contradicts the log
  std::int64_t rows = 0;   // that the log has, or had
  std::int64_t checkpoints = 0;
  std::int64_t first_bad_row = 0;  // 0 when whole
  std::string why;
  std::string root;                                       // hex, of all rows
  std::int64_t alerts = 0, deliveries = 0, messages = 0;  // held against the log
  std::int64_t not_comparable = 0;       // alerts whose text could not be held against its message
  std::int64_t texts_compared_from = 0;  // row; those before do not say who read them; 0 = none
};

}  // namespace siaga::journal
