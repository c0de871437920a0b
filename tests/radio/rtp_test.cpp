#include "protocols/radio/rtp/packet.hpp"

#include <vector>

#include "tests/support/catch.hpp"

namespace {
using siaga::radio::PcmuStream;

std::uint32_t number(std::string const& packet, std::size_t at, std::size_t bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < bytes; ++i)
    value = value << 8 | static_cast<unsigned char>(packet[at + i]);
  return value;
}
}  // namespace

TEST_CASE("packets count up, and only the first of a talk-spurt is marked", "[radio]") {
  PcmuStream stream(65535, 0xffffff80, 0xcafe0001);
  std::vector<std::int16_t> const block(160, 0);
  stream.begin_spurt(0);
  auto const first = stream.packet(block);
  auto const second = stream.packet(block);
  CHECK(first.size() == 172);
  CHECK(number(first, 0, 2) == 0x8080);   // version 2, marker, payload type 0
  CHECK(number(second, 0, 2) == 0x8000);  // no marker
  CHECK(number(first, 2, 2) == 65535);
  CHECK(number(second, 2, 2) == 0);  // wraps
  CHECK(number(first, 4, 4) == 0xffffff80);
  CHECK(number(second, 4, 4) == 0xffffff80 + 160);  // wraps modulo 2^32
  CHECK(number(first, 8, 4) == 0xcafe0001);
}

TEST_CASE("the timestamp goes on during silence, the sequence does not", "[radio]") {
  PcmuStream stream(10, 1000, 1);
  std::vector<std::int16_t> const block(160, 0);
  stream.begin_spurt(0);
  (void)stream.packet(block);
  stream.begin_spurt(24000);
  auto const later = stream.packet(block);
  CHECK(number(later, 0, 2) == 0x8080);
  CHECK(number(later, 2, 2) == 11);
  CHECK(number(later, 4, 4) == 1000 + 160 + 24000);
}

TEST_CASE("a last short block is filled with silence", "[radio]") {
  PcmuStream stream(0, 0, 1);
  std::vector<std::int16_t> const block(40, 20000);
  auto const packet = stream.packet(block);
  CHECK(packet.size() == 172);
  CHECK(number(packet, 12 + 39, 1) != 0xff);
  CHECK(number(packet, 12 + 40, 1) == 0xff);
  CHECK(number(packet, 171, 1) == 0xff);
}
