#include "gateway/app/health.hpp"

#include <algorithm>

#include "gateway/base/visible.hpp"

namespace siaga {
namespace {

constexpr std::chrono::seconds outbox_age_max{30};

std::vector<std::string> failures(HealthReadings const& now) {
  std::vector<std::string> lines;
  if (now.stopping) lines.emplace_back("the gateway is stopping");
  if (now.storage_failing) lines.emplace_back("the store does not take writes");
  if (!now.store_takes_alerts)
    lines.emplace_back("the store takes no new alerts; the MQTT broker keeps them");
  if (!now.intake_connected) lines.emplace_back("the MQTT broker is not connected");
  if (!now.feed_connected && now.intake_connected)
    lines.emplace_back("receipts cannot be told: their connection to the MQTT broker is down");
  if (now.outbox_age > outbox_age_max)
    lines.push_back("receipts cannot be told: the oldest waits since " +
                    std::to_string(now.outbox_age / std::chrono::seconds(1)) + " s");
  bool const all_down =
      !now.channels.empty() && std::ranges::all_of(now.channels, [](ChannelReading const& channel) {
        return channel.state == LinkState::down;
      });
  if (all_down) lines.emplace_back("every channel is down");
  return lines;
}

}  // namespace

HealthVerdict judge(HealthReadings const& now) {
  HealthVerdict verdict;
  verdict.lines = failures(now);
  if (!verdict.lines.empty()) verdict.health = Health::failing;
  for (auto const& channel : now.channels)
    if (channel.state != LinkState::up)
      verdict.lines.push_back("channel " + channel.name + " is " +
                              std::string(to_word(channel.state)) + ": " + channel.reason);
  verdict.lines.insert(verdict.lines.end(), now.troubles.begin(), now.troubles.end());
  if (verdict.health == Health::ok && !verdict.lines.empty()) verdict.health = Health::degraded;
  return verdict;
}

std::string HealthVerdict::text() const {
  std::string text(to_word(health));
  text += '\n';
  for (auto const& line : lines) text += visible(line) + '\n';  // whoever said it
  return text;
}

}  // namespace siaga
