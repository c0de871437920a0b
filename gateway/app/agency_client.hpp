// Agency client: publishes one alert the way an agency's own system would, and waits for the
// receipt.
//
// Place:  `siaga send` -> AGENCY CLIENT -> broker.
// Thread: blocking; any.
// Errors: as protocols/mqtt/client_once.hpp: connect_failed, refused_by_peer, timed_out.
#pragma once

#include <string>

#include "config/settings.hpp"
#include "gateway/base/result.hpp"
#include "gateway/domain/time.hpp"
#include "gateway/ports/status_feed.hpp"

namespace siaga {

// Who speaks, and to which broker. What is empty comes from [mqtt], but never the gateway's own
// identity.
struct AgencyIdentity {
  std::string agency;
  std::string url, username, password_file, ca_file, cert_file, key_file;
};

struct AgencyMessage {
  std::string payload;
  UserProperties user_properties;
};

// The receipt, as JSON.
[[nodiscard]] Result<std::string> publish_as_agency(config::Settings const& settings,
                                                    AgencyIdentity const& identity,
                                                    AgencyMessage message, milliseconds limit);

}  // namespace siaga
