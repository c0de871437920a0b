#include "protocols/radio/ptt/rig_line.hpp"

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>

namespace siaga::radio {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
constexpr milliseconds connect_limit{1000}, reply_limit{1000}, settle{30};
constexpr int read_backs = 3;

bool wait_for(int fd, short events, steady_clock::time_point until) {
  for (;;) {
    auto const left = std::chrono::duration_cast<milliseconds>(until - steady_clock::now()).count();
    pollfd wanted{fd, events, 0};
    int const ready = ::poll(&wanted, 1, static_cast<int>(left > 0 ? left : 0));
    if (ready > 0) return true;
    if (ready == 0 || errno != EINTR) return false;
  }
}

// A connected, non-blocking socket, or -1.
int connect_one(addrinfo const& to, steady_clock::time_point until) {
  int const fd =
      ::socket(to.ai_family, to.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, to.ai_protocol);
  if (fd < 0) return -1;
  int failed = ::connect(fd, to.ai_addr, to.ai_addrlen) == 0 ? 0 : errno;
  if (failed == EINPROGRESS && wait_for(fd, POLLOUT, until)) {
    socklen_t size = sizeof failed;
    ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &failed, &size);
  }
  if (failed == 0) return fd;
  ::close(fd);
  errno = failed;
  return -1;
}

// Something was sent before: the rig may have done it.
Error sent_then_lost(Error error) {
  return Error(Errc::connection_lost, std::move(error.detail));
}

std::string shown(RigAddress const& address) {
  return "rigctld at " + address.host + ':' + std::to_string(address.port);
}

}  // namespace

void RigLine::close() noexcept {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

Result<void> RigLine::connect() {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  auto const port = std::to_string(address_.port);
  int const failed = ::getaddrinfo(address_.host.c_str(), port.c_str(), &wanted, &found);
  if (failed != 0)
    return Error(Errc::connect_failed, shown(address_) + ": " + ::gai_strerror(failed));
  std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> const list(found, &::freeaddrinfo);
  auto const until = steady_clock::now() + connect_limit;
  for (auto const* to = found; to != nullptr && fd_ < 0; to = to->ai_next)
    fd_ = connect_one(*to, until);
  if (fd_ < 0)
    return Error(Errc::connect_failed,
                 shown(address_) + " cannot be reached: " + std::strerror(errno));
  return {};
}

Result<RigReply> RigLine::lose(Error error) {
  close();
  error.detail = shown(address_) + ": " + error.detail;
  return error;
}

Result<RigReply> RigLine::ask_connected(std::string_view command) {
  if (::send(fd_, command.data(), command.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(command.size()))
    return lose(Error(Errc::connection_lost, std::strerror(errno)));
  auto const until = steady_clock::now() + reply_limit;
  std::string buffer;
  std::array<char, 512> block;
  for (;;) {
    auto reply = parse_rig_reply(buffer);
    if (!reply) return lose(reply.error());
    if (reply->bytes > 0) return reply;
    if (!wait_for(fd_, POLLIN, until))
      return lose(Error(Errc::timed_out, "no reply within a second"));
    auto const got = ::recv(fd_, block.data(), block.size(), 0);
    if (got <= 0) return lose(Error(Errc::connection_lost, "connection closed"));
    buffer.append(block.data(), static_cast<std::size_t>(got));
  }
}

// A connection that rigctld closed while it was idle gets one more chance.
Result<RigReply> RigLine::ask(std::string_view command) {
  bool const was_open = fd_ >= 0;
  if (!was_open)
    if (auto const connected = connect(); !connected) return connected.error();
  auto reply = ask_connected(command);
  if (reply || !was_open || !reply.error().is(Errc::connection_lost)) return reply;
  if (auto const connected = connect(); !connected) return sent_then_lost(connected.error());
  return ask_connected(command);
}

Result<bool> RigLine::read_back() {
  auto const reply = ask(ask_ptt);
  if (!reply) return reply.error();
  if (reply->code != 0 || !reply->ptt)
    return Error(Errc::refused_by_peer,
                 "the rig does not report PTT (RPRT " + std::to_string(reply->code) + ")");
  return *reply->ptt;
}

Result<bool> RigLine::set(bool up) {
  auto const reply = ask(set_ptt(up));
  if (!reply) return reply.error();
  if (reply->code != 0)
    return Error(Errc::refused_by_peer, std::string("rig refused PTT ") + (up ? "on" : "off") +
                                            " (RPRT " + std::to_string(reply->code) + ")");
  for (int tries = 1;; ++tries) {
    auto const is_up = read_back();
    if (is_up && (*is_up == up || tries == read_backs)) return is_up;
    if (tries == read_backs) return sent_then_lost(is_up.error());
    ::poll(nullptr, 0, static_cast<int>(settle.count()));  // some rigs need a moment
  }
}

}  // namespace siaga::radio
