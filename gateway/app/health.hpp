// Health: says in one of three words whether the gateway does its work, and why not.
//
// Place:  gateway_readings -> HEALTH -> GET /healthz, metrics. Pure.
// Thread: any.
// Rule:   failing only when alerts cannot be taken or receipts cannot be told: store, intake, feed,
//         the outbox, every channel down. Anything else that is wrong is degraded, one line each. A
//         reason of another part is one line in `troubles`.
// See:    tests/app/health_test.cpp, README.
#pragma once

#include <string>
#include <vector>

#include "gateway/ports/channel.hpp"

namespace siaga {

enum class Health { ok, degraded, failing };
SIAGA_WORDS(Health, "ok", "degraded", "failing");

struct ChannelReading {
  std::string name;
  LinkState state = LinkState::up;
  std::string reason;
};

struct HealthReadings {
  bool stopping = false;
  bool storage_failing = false;
  bool store_takes_alerts = true;
  bool intake_connected = true;
  bool feed_connected = true;
  milliseconds outbox_age{0};
  std::vector<ChannelReading> channels;
  std::vector<std::string> troubles;  // of other parts: open incidents and the like
};

struct HealthVerdict {
  Health health = Health::ok;
  std::vector<std::string> lines;  // the worst first
  std::string text() const;        // the word, then the lines
};

HealthVerdict judge(HealthReadings const& now);

}  // namespace siaga
