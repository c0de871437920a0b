// Settings: where the gateway listens for browsers; section [http].
//
// Place:  config loader -> SETTINGS -> server, link maker.
// Thread: read-only once loaded.
#pragma once

#include "gateway/base/fields.hpp"
#include "gateway/base/result.hpp"
#include "gateway/ports/caution.hpp"

namespace siaga::http {

struct Settings {
  std::string listen = "127.0.0.1:8080";
  std::string public_url = "http://127.0.0.1:8080";
  std::int64_t connections_max = 64;
  std::int64_t body_bytes_max = 8192;
  std::int64_t header_bytes_max = 8192;
  std::chrono::milliseconds request_limit{10000};

  bool private_link = false;

  static Fields const& fields();
};

Cautions cautions(Settings const& settings);

// invalid_configuration when `listen` is no numeric ADDRESS:PORT or `public_url` cannot start a
// link; the detail begins with the key.
[[nodiscard]] Result<void> judge(Settings const& settings);

}  // namespace siaga::http
