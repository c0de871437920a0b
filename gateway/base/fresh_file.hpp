// fresh_file: makes a new file: it never overwrites a file and follows no link.
//
// Place:  sinks and everything else that leaves files behind -> FRESH FILE -> the disk.
// Thread: any; it blocks for as long as the disk takes.
// Errors: already_exists when the name is taken, also by a link; storage_failed with the reason. A
//         file that could not be written whole is removed again.
#pragma once

#include <string>
#include <string_view>

#include "gateway/base/result.hpp"

namespace siaga {

Result<void> write_fresh(std::string const& path, std::string_view bytes);  // mode 0600
// Errors: already_exists when `to` is taken: what has that name keeps it.
Result<void> give_name(std::string const& from, std::string const& to);

}  // namespace siaga
