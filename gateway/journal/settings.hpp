// Settings of the store: what happens when it turns out to be older than what was published of it.
//
// Place:  section [store] of the configuration -> gateway.
// Thread: read-only after start.
#pragma once

#include "gateway/base/fields.hpp"

namespace siaga::journal {

struct Settings {
  std::string on_rollback = "tell";

  static Fields const& fields();
};

}  // namespace siaga::journal
