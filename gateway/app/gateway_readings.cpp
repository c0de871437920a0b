#include "gateway/app/gateway_parts.hpp"
#include "gateway/app/metrics.hpp"
#include "gateway/base/visible.hpp"

namespace siaga {

flow::BrokerReading Gateway::Parts::broker() const {
  flow::BrokerReading now;
  auto const state = intake->state();
  now.refuses = state == mqtt::IntakeState::refusing;
  now.takes_in = state == mqtt::IntakeState::connected || now.refuses;
  now.tells = feed->connected();
  return now;
}

HealthVerdict Gateway::Parts::verdict() const {
  HealthReadings now;
  auto const mqtt = broker();
  now.stopping = stopping;
  bool const full = legs->storage().full();
  now.storage_failing = legs->storage().failing() && !full;
  now.store_takes_alerts = !mqtt.refuses && !full;
  now.intake_connected = mqtt.takes_in;
  now.feed_connected = mqtt.tells;
  now.outbox_age = legs->watch().outbox_age();
  for (std::size_t i = 0; i < channels.size(); ++i)
    now.channels.push_back({settings.channels[i].name.value, channels[i]->state(),
                            visible(channels[i]->state_reason())});
  now.troubles = legs->troubles().open_lines();
  if (legs->supervisor().rolled_back())
    now.troubles.insert(
        now.troubles.begin(),
        "rolled-back: the store is older than the checkpoint the broker retains; look for a "
        "restored backup, then run `siaga log accept-rollback`");
  return judge(now);
}

// `?strict`: 503 for degraded too, for a monitor that knows only good and bad.
http::Response Gateway::Parts::health(http::Request const& request) const {
  auto const now = verdict();
  bool const strict = request.query == "strict" || request.query.starts_with("strict=");
  bool const good = now.health == Health::ok || (now.health == Health::degraded && !strict);
  return http::text(good ? 200 : 503, now.text());
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
  now.answers_waiting = legs->intake().answers_waiting();
  now.http_evicted = web->evicted() + (probes ? probes->evicted() : 0);
  now.attempts = legs->attempts();
  now.ladders_open = legs->escalator().open();
  now.in_flight = legs->dispatcher().in_flight().size();
  now.core_stall_s = std::chrono::duration<double>(stalls.longest()).count();
  now.storage_failing = legs->storage().failing();
  now.health = static_cast<int>(verdict().health);
  now.outbox_oldest_s = std::chrono::duration<double>(legs->watch().outbox_age()).count();
  now.uptime_s = std::chrono::duration<double>(clock.utc_now() - now.state.since).count();
  return http::text(200, prometheus_text(now));
}

}  // namespace siaga
