#include "protocols/radio/rtp/packet.hpp"

#include "protocols/radio/audio/pcm.hpp"

namespace siaga::radio {
namespace {

constexpr std::size_t header_bytes = 12;

void put(std::string& to, std::uint32_t value, int bytes) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
    to.push_back(static_cast<char>(value >> shift & 0xff));
}

}  // namespace

std::string PcmuStream::packet(std::span<std::int16_t const> block) {
  std::string bytes;
  bytes.reserve(header_bytes + packet_samples);
  put(bytes, 0x80, 1);               // version 2
  put(bytes, first_ ? 0x80 : 0, 1);  // marker, payload type 0
  put(bytes, sequence_, 2);
  put(bytes, timestamp_, 4);
  put(bytes, source_, 4);
  for (auto const sample : block) bytes.push_back(static_cast<char>(mu_law(sample)));
  bytes.resize(header_bytes + packet_samples, static_cast<char>(mu_law(0)));
  ++sequence_;
  timestamp_ += packet_samples;
  first_ = false;
  return bytes;
}

}  // namespace siaga::radio
