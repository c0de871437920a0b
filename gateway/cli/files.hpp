// Files: an alert file, read whole.
//
// Place:  plan, send.
// Thread: main.
// Errors: file_unreadable, with the path and why.
#pragma once

#include <string>

#include "gateway/base/result.hpp"

namespace siaga::cli {

inline constexpr std::size_t alert_bytes_max = 16u << 20;

[[nodiscard]] Result<std::string> read_alert_file(std::string const& path);  // "-" = standard input

}  // namespace siaga::cli
