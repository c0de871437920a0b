// Settings: where the gateway listens for browsers and probes; section [http].
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
  std::string probes;  // empty = on `listen`, when that is this machine's alone
  std::string public_url = "http://127.0.0.1:8080";
  std::string cert_file;  // empty = no TLS
  std::string key_file;
  std::vector<std::string> trusted_proxy;
  std::int64_t connections_max = 512;
  std::int64_t requests_max = 100;
  std::int64_t body_bytes_max = 8192;
  std::int64_t header_bytes_max = 8192;
  std::chrono::milliseconds idle_limit{5000};
  std::chrono::milliseconds request_limit{10000};

  bool private_link = false;

  static Fields const& fields();
};

Cautions cautions(Settings const& settings);

// Whether `listen` answers /healthz and /metrics too: when no other machine reaches it, and they
// have no listener of their own.
bool has_probes_too(Settings const& settings);
// As the listener of `probes` works: without TLS, nobody in front of it.
Settings probe_settings(Settings const& settings);

// invalid_configuration when an address is no numeric ADDRESS:PORT, `public_url` cannot start a
// link, a proxy is no address, or certificate and key cannot be used; the detail begins with the
// key.
[[nodiscard]] Result<void> judge(Settings const& settings);

}  // namespace siaga::http
