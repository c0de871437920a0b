// PcmuStream: one RTP stream of G.711 mu-law, 20 ms a packet.
//
// Place:  rtp sink -> PCMU STREAM -> UDP.
// Thread: sans-io.
// Wire:   RFC 3550 section 5.1 (12-byte header, no CSRC, no extension), RFC 3551 payload type 0, 8
//         kHz. The marker bit is set on the first packet of a talk-spurt; the timestamp counts
//         samples and goes on during silence, the sequence number does not.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace siaga::radio {

class PcmuStream {
 public:
  static constexpr int rate_hz = 8000;
  static constexpr std::size_t packet_samples = 160;

  PcmuStream(std::uint16_t sequence, std::uint32_t timestamp, std::uint32_t source)
      : sequence_(sequence), timestamp_(timestamp), source_(source) {}

  void begin_spurt(std::uint32_t silent_samples) {
    timestamp_ += silent_samples;
    first_ = true;
  }
  // At most packet_samples; a shorter last block is filled with silence.
  std::string packet(std::span<std::int16_t const> block);

 private:
  std::uint16_t sequence_;
  std::uint32_t timestamp_;
  std::uint32_t source_;
  bool first_ = true;
};

}  // namespace siaga::radio
