// rigctld: the words of Hamlib's network daemon for keying a transmitter.
//
// Place:  guard process: watch -> rig_line -> RIGCTLD CODEC -> TCP.
// Thread: pure.
// Wire:   rigctld(1), extended response protocol: "+\set_ptt 1" answers "set_ptt: 1", "RPRT 0". The
//         long form only: a stray letter would be another command, some of which transmit.
// Errors: refused_by_peer with RPRT's number, protocol_violated.
// Rule:   RPRT 0 says only that the command arrived; what get_ptt reads back is the truth.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/result.hpp"

namespace siaga::radio {

struct RigAddress {
  std::string host;
  std::uint16_t port = 4532;
};

// "rigctld:127.0.0.1:4532"
[[nodiscard]] Result<RigAddress> parse_rig_address(std::string_view ptt);

inline constexpr std::string_view ask_ptt = "+\\get_ptt\n";
constexpr std::string_view set_ptt(bool up) {
  return up ? "+\\set_ptt 1\n" : "+\\set_ptt 0\n";
}

struct RigReply {
  std::size_t bytes = 0;  // of the buffer
  int code = 0;           // RPRT's
  std::optional<bool> ptt;
};
// The first whole reply in `buffer`; bytes == 0 when it is not whole yet.
[[nodiscard]] Result<RigReply> parse_rig_reply(std::string_view buffer);

}  // namespace siaga::radio
