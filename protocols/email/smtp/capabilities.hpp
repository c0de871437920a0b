// Capabilities: what a mail server offered in its answer to EHLO.
//
// Place:  ehlo reply -> CAPABILITIES -> dialogue, commands. Pure.
// Format: RFC 5321 section 4.1.1.1; unknown keywords are passed over.
// Units:  size_max in bytes, 0 = none stated.
#pragma once

#include <cstdint>

#include "protocols/email/smtp/reply.hpp"

namespace siaga::email {

struct Capabilities {
  bool pipelining = false;  // RFC 2920
  bool starttls = false;    // RFC 3207
  bool auth_plain = false;  // RFC 4616
  bool auth_login = false;
  bool dsn = false;            // RFC 3461
  std::uint64_t size_max = 0;  // RFC 1870
};

Capabilities parse_capabilities(Reply const& ehlo);

}  // namespace siaga::email
