#include "tests/support/flood.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#ifdef __SANITIZE_ADDRESS__
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();
#endif

#include <cerrno>
#include <fstream>
#include <stdexcept>

namespace siaga::test {
namespace {

constexpr int look_ms = 20;

bool is_ready(int descriptor, short event) {
  pollfd wanted{descriptor, event, 0};
  return ::poll(&wanted, 1, look_ms) > 0;
}

// Until `stopping`, or nobody takes any more.
template <class Write>
void pour(std::string const& flood, std::atomic<std::size_t>& said, std::atomic<bool>& stopping,
          int descriptor, Write write) {
  std::size_t from = 0;
  while (!stopping) {
    if (!is_ready(descriptor, POLLOUT)) continue;
    auto const wrote = write(flood.data() + from, flood.size() - from);
    if (wrote < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (wrote <= 0) return;
    said += static_cast<std::size_t>(wrote);
    from = (from + static_cast<std::size_t>(wrote)) % flood.size();
  }
}

}  // namespace

#ifdef __SANITIZE_ADDRESS__
std::size_t memory_bytes() {
  return __sanitizer_get_current_allocated_bytes();
}
#else
std::size_t memory_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t all = 0, resident = 0;
  statm >> all >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}
#endif

FloodingPeer::FloodingPeer(std::function<void(int)> greet, std::string flood)
    : greet_(std::move(greet)), flood_(std::move(flood)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in here{};
  here.sin_family = AF_INET;
  here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof here;
  auto* const address = reinterpret_cast<sockaddr*>(&here);
  if (::bind(listener_, address, size) != 0 || ::listen(listener_, 8) != 0 ||
      ::getsockname(listener_, address, &size) != 0)
    throw std::runtime_error("no port for the flooding peer");
  port_ = ntohs(here.sin_port);
  thread_ = std::thread([this] { run(); });
}

FloodingPeer::~FloodingPeer() {
  stopping_ = true;
  thread_.join();
  ::close(listener_);
}

void FloodingPeer::run() {
  while (!stopping_) {
    if (!is_ready(listener_, POLLIN)) continue;
    int const connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) continue;
    if (greet_) greet_(connection);
    ::fcntl(connection, F_SETFL, O_NONBLOCK);
    pour(flood_, said_, stopping_, connection, [&](char const* from, std::size_t bytes) {
      return ::send(connection, from, bytes, MSG_NOSIGNAL);
    });
    ::close(connection);
  }
}

FloodedDescriptor::FloodedDescriptor(int descriptor, std::string flood)
    : thread_([this, descriptor, flood = std::move(flood)] {
        pour(flood, said_, stopping_, descriptor,
             [&](char const* from, std::size_t bytes) { return ::write(descriptor, from, bytes); });
      }) {}

FloodedDescriptor::~FloodedDescriptor() {
  stopping_ = true;
  thread_.join();
}

}  // namespace siaga::test
