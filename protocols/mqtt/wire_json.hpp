// WireJson: the gateway's own MQTT payloads as JSON (contract, section 2).
//
// Place:  flow -> WIRE JSON -> feed;  siaga/ack -> WIRE JSON -> replies. Pure.
// Thread: any.
// Errors: a Rejection per broken rule of siaga/ack, rule ids "ack.*", path = JSON pointer.
#pragma once

#include "gateway/ports/wire.hpp"

namespace siaga::mqtt {

class WireJson final : public Wire {
 public:
  Judged<AgencyAnswer> agency_answer(std::string_view payload) const override;
  std::string status(AlertStatus const& status, std::optional<UtcTime> next_step_at,
                     UtcTime updated_at, std::chrono::minutes offset) const override;
  std::string gateway_state(GatewayState const& state, std::chrono::minutes offset) const override;
  std::string checkpoint(Checkpoint const& checkpoint, std::chrono::minutes offset) const override;
  std::optional<PublishedCheckpoint> published_checkpoint(std::string_view text) const override;
};

}  // namespace siaga::mqtt
