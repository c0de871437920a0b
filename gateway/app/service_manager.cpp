#include "gateway/app/service_manager.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <string_view>

namespace siaga::service_manager {
namespace {

// Whether it was heard is no concern of ours: the service manager acts on what it does not hear.
void say(std::string_view words) {
  char const* const named = std::getenv("NOTIFY_SOCKET");
  std::string_view const path = named == nullptr ? "" : named;
  sockaddr_un to{};
  if (path.empty() || path.size() >= sizeof to.sun_path) return;
  to.sun_family = AF_UNIX;
  path.copy(to.sun_path, path.size());
  if (path.front() == '@') to.sun_path[0] = '\0';  // an abstract name has no end but the length
  auto const size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
  int const socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return;
  ::sendto(socket, words.data(), words.size(), MSG_NOSIGNAL, reinterpret_cast<sockaddr*>(&to),
           size);
  ::close(socket);
}

}  // namespace

void starting(std::chrono::seconds more) {
  using std::chrono::microseconds;
  say("EXTEND_TIMEOUT_USEC=" + std::to_string(microseconds(more).count()));
}

void ready() {
  say("READY=1");
}

void alive() {
  say("WATCHDOG=1");
}

void stopping() {
  say("STOPPING=1");
}

void reloading() {
  using std::chrono::microseconds;
  auto const now = std::chrono::steady_clock::now().time_since_epoch();
  say("RELOADING=1\nMONOTONIC_USEC=" +
      std::to_string(std::chrono::duration_cast<microseconds>(now).count()));
}

void status(std::string const& sentence) {
  say("STATUS=" + sentence);
}

}  // namespace siaga::service_manager
