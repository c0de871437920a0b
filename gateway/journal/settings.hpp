// Settings of the store: how much is kept of what was refused.
//
// Place:  section [store] of the configuration -> StoreSettings.
// Thread: read-only after start.
// Units:  bytes.
#pragma once

#include "gateway/base/fields.hpp"

namespace siaga::journal {

struct Settings {
  std::int64_t quarantine_bytes = 64'000'000;

  static Fields const& fields();
};

}  // namespace siaga::journal
