// accept_rollback: ops say that an older copy of the store is the one that counts now.
//
// Place:  `siaga log accept-rollback` -> ACCEPT ROLLBACK -> the store's file, beside the gateway or
//         without it.
// Thread: any; blocking.
// Errors: not_found when no rollback stands; those of opening the store.
// Durable: once it has answered.
#pragma once

#include <string>

#include "gateway/base/result.hpp"

namespace siaga::journal {

// Which newer checkpoint was accepted.
Result<std::string> accept_rollback(std::string const& data_dir);

}  // namespace siaga::journal
