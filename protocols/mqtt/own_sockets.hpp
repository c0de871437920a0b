// OwnSockets: finds the sockets that a library opened in this process to one port, so that they can
// be sped up or cut without asking the library.
//
// Place:  connection -> OWN SOCKETS -> kernel. Linux: reads /proc/self/fd.
// Why:    Paho acknowledges every message that its callback returns from. Only a cut wire stops an
//         acknowledgement; the broker sends messages that were not acknowledged again.
// Thread: any. cut() may run while other threads use the sockets.
// See:    gateway/decisions/0005-intake.md
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <vector>

namespace siaga::mqtt {

struct OwnSocket {
  int fd = -1;
  ino_t inode = 0;  // tells a reused number from the socket that was meant
  bool operator==(OwnSocket const&) const = default;
};
using OwnSockets = std::vector<OwnSocket>;

// Every TCP socket of the process whose peer's port is `port`, whatever the address.
OwnSockets sockets_to(std::uint16_t port);
// Those of `now` that were not there `before`.
OwnSockets added(OwnSockets const& before, OwnSockets const& now);

void send_without_delay(OwnSockets const& sockets);  // TCP_NODELAY; Paho never sets it
// After this nothing more can leave through them. False when one that is still open was not cut.
[[nodiscard]] bool cut(OwnSockets const& sockets);

}  // namespace siaga::mqtt
