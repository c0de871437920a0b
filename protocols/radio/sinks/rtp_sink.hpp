// RtpSink: G.711 mu-law by RTP to one address or multicast group: radio-over-IP gateways.
//
// Place:  VoiceChannel -> RTP SINK -> UDP.
// Thread: core only.
// Time:   a packet each 20 ms from the first, by steady time; a late one is sent at once, so that
//         the stream catches up and never drifts.
// Errors: unavailable with the address and the reason; UDP says nothing of who listens.
#pragma once

#include <boost/asio/ip/udp.hpp>

#include "gateway/ports/clock.hpp"
#include "protocols/radio/rtp/packet.hpp"
#include "protocols/radio/sinks/sink.hpp"

namespace siaga::radio {

struct RtpTarget {
  boost::asio::ip::udp::endpoint to;
  int hops_max = 1;  // multicast only
  boost::asio::ip::address_v4
      interface;  // multicast leaves by this one; unspecified = the system's choice
};

class RtpSink final : public Sink {
 public:
  RtpSink(boost::asio::any_io_executor const& executor, RtpTarget target, Clock& clock);

  int rate_hz() const override { return PcmuStream::rate_hz; }
  bool takes_air_time() const override { return true; }
  boost::asio::awaitable<Result<void>> ready(Broadcast const& broadcast,
                                             std::size_t keying) override;
  boost::asio::awaitable<Result<void>> play(Broadcast const& broadcast, std::size_t keying,
                                            OnAir const& on_air) override;
  boost::asio::awaitable<Result<void>> finish(Broadcast const& broadcast) override;

 private:
  Result<void> open();
  std::uint32_t silent_samples() const;

  RtpTarget target_;
  Clock& clock_;
  boost::asio::ip::udp::socket socket_;
  PcmuStream stream_;
  SteadyTime ended_at_{};  // of the last talk-spurt
};

}  // namespace siaga::radio
