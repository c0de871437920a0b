#include "tests/peers/modem/pty.hpp"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <cstdlib>
#include <stdexcept>

namespace siaga::simmodem {

void Pty::plug() {
  if (master_) return;
  int const fd = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
  std::array<char, 128> name{};
  bool const made = fd >= 0 && ::grantpt(fd) == 0 && ::unlockpt(fd) == 0 &&
                    ::ptsname_r(fd, name.data(), name.size()) == 0;
  if (!made) throw std::runtime_error("no pseudo terminal");
  device_ = name.data();
  slave_ = ::open(device_.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
  termios raw{};
  ::tcgetattr(slave_, &raw);
  ::cfmakeraw(&raw);
  ::tcsetattr(slave_, TCSANOW, &raw);
  master_.emplace(io_, fd);
  if (link_.empty()) return;
  ::unlink(link_.c_str());
  if (::symlink(device_.c_str(), link_.c_str()) != 0) throw std::runtime_error("no link " + link_);
}

void Pty::unplug() {
  if (!master_) return;
  master_.reset();
  ::close(slave_);
  if (!link_.empty()) ::unlink(link_.c_str());
}

}  // namespace siaga::simmodem
