// Wire: how the gateway's own MQTT payloads are written and read (contract, section 2). Pure.
//
// Place:  announcer -> WIRE -> StatusFeed;  siaga/ack -> WIRE -> replies.
// Thread: any.
// Errors: a Rejection with path, rule and text for an answer that cannot be read.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "gateway/ports/channel.hpp"
#include "gateway/ports/checkpoints.hpp"

namespace siaga {

// An officer's answer as an agency's own system reports it.
struct AgencyAnswer {
  AlertId alert;  // or empty, then
  std::string code;
  OfficerId officer;
  Answer answer = Answer::accepted;
  std::string note;
};

struct GatewayState {
  std::string state = "online";
  UtcTime since{};
  std::string version;
  std::map<ChannelName, LinkState> channels;
};

class Wire {
 public:
  virtual ~Wire() = default;
  [[nodiscard]] virtual Judged<AgencyAnswer> agency_answer(std::string_view payload) const = 0;
  virtual std::string status(AlertStatus const& status, std::optional<UtcTime> next_step_at,
                             UtcTime updated_at, std::chrono::minutes offset) const = 0;
  virtual std::string gateway_state(GatewayState const& state,
                                    std::chrono::minutes offset) const = 0;
  virtual std::string checkpoint(Checkpoint const& checkpoint,
                                 std::chrono::minutes offset) const = 0;
  // The way back; none when it is no checkpoint.
  virtual std::optional<PublishedCheckpoint> published_checkpoint(std::string_view text) const = 0;
};

}  // namespace siaga
