// ClientOnce: publishes one alert as an agency would, and waits for the gateway's receipt of it.
//
// Place:  siaga send -> CLIENT ONCE -> broker. Blocking, for the command line.
// Thread: any but PahoThread.
// Time:   the whole exchange within `limit`.
// Errors: connect_failed, refused_by_peer (the broker does not let this agency speak), timed_out
//         (no receipt: whether the gateway has the alert is unknown, so send the same bytes again).
#pragma once

#include <string>

#include "gateway/base/result.hpp"
#include "gateway/ports/status_feed.hpp"
#include "protocols/mqtt/settings.hpp"

namespace siaga::mqtt {

struct OneAlert {
  std::string agency;
  std::string payload;
  std::string content_type;  // empty = told by the first byte
  UserProperties user_properties = {};
};

// The receipt's JSON. The one meant is known by its correlation data.
[[nodiscard]] Result<std::string> publish_and_wait(Settings settings, OneAlert alert,
                                                   std::chrono::milliseconds limit);

}  // namespace siaga::mqtt
