#include "protocols/radio/ptt/rigctld.hpp"

#include "protocols/radio/ptt/rig_line.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/flood.hpp"

namespace {
using namespace siaga;
using namespace siaga::radio;
}  // namespace

TEST_CASE("a reply of rigctld is whole at its RPRT line, not before", "[radio]") {
  std::string const reply = "get_ptt:\nPTT: 1\nRPRT 0\n";
  for (std::size_t size = 0; size < reply.size(); ++size) {
    auto const part = parse_rig_reply(reply.substr(0, size));
    REQUIRE(part);
    CHECK(part->bytes == 0);
  }
  auto const whole = parse_rig_reply(reply + "set_ptt");
  REQUIRE(whole);
  CHECK(whole->bytes == reply.size());
  CHECK(whole->code == 0);
  CHECK(whole->ptt == true);
}

TEST_CASE("PTT by microphone and by data input are both on", "[radio]") {
  CHECK(parse_rig_reply("PTT: 2\nRPRT 0\n")->ptt == true);
  CHECK(parse_rig_reply("PTT: 3\nRPRT 0\n")->ptt == true);
  CHECK(parse_rig_reply("PTT: 0\nRPRT 0\n")->ptt == false);
}

TEST_CASE("a refusal carries rigctld's code and no PTT", "[radio]") {
  auto const reply = parse_rig_reply("set_ptt: 1\nRPRT -1\n");
  REQUIRE(reply);
  CHECK(reply->code == -1);
  CHECK_FALSE(reply->ptt.has_value());
}

TEST_CASE("what rigctld would never say is a protocol error", "[radio]") {
  CHECK(parse_rig_reply("RPRT zero\n").error().is(Errc::protocol_violated));
  CHECK(parse_rig_reply("PTT: on\nRPRT 0\n").error().is(Errc::protocol_violated));
  CHECK(parse_rig_reply(std::string(5000, 'x')).error().is(Errc::protocol_violated));
}

TEST_CASE("the rig's address is read from the setting, or refused with what is wanted", "[radio]") {
  auto const address = parse_rig_address("rigctld:radio.local:4532");
  REQUIRE(address);
  CHECK(address->host == "radio.local");
  CHECK(address->port == 4532);
  for (auto const* wrong : {"", "rigctld", "rigctld:", "rigctld::4532", "rigctld:host",
                            "rigctld:host:", "rigctld:host:0", "rigctld:host:65536",
                            "rigctld:host:45x", "serial:/dev/x"}) {
    INFO(wrong);
    CHECK(parse_rig_address(wrong).error().is(Errc::invalid_configuration));
  }
}

TEST_CASE("a rigctld that floods and never reads is given up, and costs no memory", "[radio]") {
  auto const said = GENERATE(as<std::string>(), "get_ptt:\nPTT: 0\n", "RPRT 0\n", "xxxxxxxx");
  siaga::test::FloodingPeer peer(nullptr, said);
  auto const before = siaga::test::memory_bytes();
  RigLine line({"127.0.0.1", peer.port()});
  for (int i = 0; i < 20; ++i) (void)line.set(i % 2 == 0);
  CHECK(siaga::test::memory_bytes() < before + 4'000'000);
}
