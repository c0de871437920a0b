// Settings of the store: how much is kept of refused messages, and what happens when the store is
// older than what was published of it.
//
// Place:  section [store] of the configuration -> gateway, StoreSettings.
// Thread: read-only after start.
// Units:  bytes.
#pragma once

#include "gateway/base/fields.hpp"

namespace siaga::journal {

struct Settings {
  std::int64_t quarantine_bytes = 64'000'000;
  std::string on_rollback = "tell";

  static Fields const& fields();
};

}  // namespace siaga::journal
