// Metrics: the gateway's counters as Prometheus reads them. No label names a person or an address.
//
// Place:  GET /metrics -> METRICS. Pure over what it is handed.
// Thread: core only.
#pragma once

#include <cstdint>
#include <string>

#include "gateway/ports/wire.hpp"

namespace siaga {

struct Readings {
  GatewayState state;
  bool broker_connected = false;
  std::uint64_t broker_reconnects = 0;
  std::uint64_t sessions_lost = 0;
  std::size_t express_up = 0;  // links
  std::uint64_t received = 0;
  std::uint64_t without_guarantee = 0;
  std::uint64_t refused = 0;
  std::uint64_t foreign = 0;
  std::uint64_t accepted = 0;
  std::uint64_t rejected = 0;
  std::uint64_t incidents = 0;
  std::size_t held = 0;
  std::size_t answers_waiting = 0;
  std::uint64_t http_evicted = 0;
  std::map<std::string, std::uint64_t> attempts;  // by outcome: sent, retried, failed
  std::size_t ladders_open = 0;
  std::size_t in_flight = 0;
  bool storage_failing = false;
  double core_stall_s = 0;
  int health = 0;  // 0 ok, 1 degraded, 2 failing
  double outbox_oldest_s = 0;
  double uptime_s = 0;
};

std::string prometheus_text(Readings const& now);

}  // namespace siaga
