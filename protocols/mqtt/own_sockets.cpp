#include "protocols/mqtt/own_sockets.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>

namespace siaga::mqtt {
namespace {

bool is_still(OwnSocket const& socket) {
  struct stat about {};
  return ::fstat(socket.fd, &about) == 0 && S_ISSOCK(about.st_mode) && about.st_ino == socket.inode;
}

// 0 when it is no connected TCP socket.
std::uint16_t peer_port(int fd) {
  sockaddr_storage peer{};
  socklen_t size = sizeof peer;
  if (::getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &size) != 0) return 0;
  if (peer.ss_family == AF_INET) return ntohs(reinterpret_cast<sockaddr_in&>(peer).sin_port);
  if (peer.ss_family == AF_INET6) return ntohs(reinterpret_cast<sockaddr_in6&>(peer).sin6_port);
  return 0;
}

}  // namespace

OwnSockets sockets_to(std::uint16_t port) {
  OwnSockets found;
  std::error_code ec;
  std::filesystem::directory_iterator const end;
  for (std::filesystem::directory_iterator at("/proc/self/fd", ec); at != end; at.increment(ec)) {
    auto const name = at->path().filename().string();
    int fd = -1;
    std::from_chars(name.data(), name.data() + name.size(), fd);
    struct stat about {};
    if (fd < 0 || ::fstat(fd, &about) != 0 || !S_ISSOCK(about.st_mode)) continue;
    if (peer_port(fd) == port) found.push_back({fd, about.st_ino});
  }
  return found;
}

OwnSockets added(OwnSockets const& before, OwnSockets const& now) {
  OwnSockets more;
  for (auto const& socket : now)
    if (std::ranges::find(before, socket) == before.end()) more.push_back(socket);
  return more;
}

void send_without_delay(OwnSockets const& sockets) {
  int const on = 1;
  for (auto const& socket : sockets)
    if (is_still(socket)) ::setsockopt(socket.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

bool cut(OwnSockets const& sockets) {
  bool all = true;
  for (auto const& socket : sockets) {
    if (!is_still(socket)) continue;
    bool const done = ::shutdown(socket.fd, SHUT_RDWR) == 0 || errno == ENOTCONN;
    all = all && done;
  }
  return all;
}

}  // namespace siaga::mqtt
