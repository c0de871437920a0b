#include "gateway/base/visible.hpp"
#include "gateway/gateway_parts.hpp"
#include "gateway/metrics.hpp"

namespace siaga {

http::Response Gateway::Parts::health() const {
  if (legs->storage().failing()) return http::text(503, "the store does not take writes");
  switch (intake->state()) {
    case mqtt::IntakeState::refusing:
      return http::text(503, "the store takes no new alerts; the MQTT broker keeps them");
    case mqtt::IntakeState::connecting:
      return http::text(503, "the MQTT broker is not connected");
    case mqtt::IntakeState::stopped:
      return http::text(503, "the gateway is stopping");
    case mqtt::IntakeState::connected:
      break;
  }
  std::string body = "ok\n";
  if (legs->supervisor().rolled_back())
    body +=
        "rolled-back: the store is older than the checkpoint the broker retains; look for a "
        "restored "
        "backup, then run `siaga log accept-rollback`\n";
  for (std::size_t i = 0; i < channels.size(); ++i)
    if (channels[i]->state() != LinkState::up)
      body += "channel " + settings.channels[i].name.value + " is " +
              std::string(to_word(channels[i]->state())) + ": " +
              visible(channels[i]->state_reason()) + '\n';
  return http::text(200, std::move(body));
}

http::Response Gateway::Parts::metrics() const {
  Readings now;
  now.state = legs->supervisor().state();
  now.broker_connected = intake->connected();
  now.broker_reconnects = intake->reconnects();
  now.sessions_lost = intake->sessions_lost();
  now.express_up = intake->express_up();
  now.received = intake->received();
  now.without_guarantee = intake->without_guarantee();
  now.refused = intake->refused();
  now.foreign = intake->foreign();
  now.accepted = legs->intake().accepted();
  now.rejected = legs->intake().rejected();
  now.incidents = legs->intake().incidents();
  now.held = legs->intake().held();
  now.attempts = legs->attempts();
  now.ladders_open = legs->escalator().open();
  now.in_flight = legs->dispatcher().in_flight().size();
  now.core_stall_s = std::chrono::duration<double>(stalls.longest()).count();
  now.storage_failing = legs->storage().failing();
  now.uptime_s = std::chrono::duration<double>(clock.utc_now() - now.state.since).count();
  return http::text(200, prometheus_text(now));
}

}  // namespace siaga
