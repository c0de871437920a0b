#include "protocols/http/settings.hpp"

namespace siaga::http {

Fields const& Settings::fields() {
  static auto const table =
      FieldsOf<Settings>()
          .text("listen", &Settings::listen, "address and port for browsers, probes and metrics")
          .text("public_url", &Settings::public_url,
                "how officers' phones reach it: the start of emailed links")
          .number("connections_max", &Settings::connections_max,
                  "connections at a time; more are closed at once")
          .unit("connections")
          .range(1, 4096)
          .number("body_bytes_max", &Settings::body_bytes_max, "largest form taken")
          .unit("bytes")
          .range(512, 1 << 20)
          .number("header_bytes_max", &Settings::header_bytes_max, "largest request header taken")
          .unit("bytes")
          .range(512, 1 << 16)
          .duration("request_limit", &Settings::request_limit,
                    "longest a request may take to arrive")
          .range(500, 60'000);
  return table;
}

}  // namespace siaga::http
