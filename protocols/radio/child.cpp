#include "protocols/radio/child.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <csignal>
#include <cstring>
#include <ctime>
#include <utility>

#include "gateway/async/child_setup.hpp"

namespace siaga::radio {
namespace asio = boost::asio;
namespace {

constexpr std::size_t errors_bytes_max = 4096;

class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Fd() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const noexcept { return fd_; }
  int release() noexcept { return std::exchange(fd_, -1); }

 private:
  int fd_ = -1;
};

Error cannot(char const* what) {
  return Error(Errc::unavailable, std::string(what) + ": " + std::strerror(errno));
}

// Room for errors_bytes_max and no more, so that a chattering child cannot fill memory.
Fd make_errors_file() {
  Fd file(::memfd_create("errors", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (file.get() < 0) return file;
  if (::ftruncate(file.get(), errors_bytes_max) != 0) return Fd();
  if (::fcntl(file.get(), F_ADD_SEALS, F_SEAL_GROW) != 0) return Fd();
  return file;
}

}  // namespace

struct Child::Ends {
  Fd input, output, exit, errors;
};

Result<std::unique_ptr<Child>> Child::start(asio::any_io_executor const& executor,
                                            std::vector<std::string> const& argv, ChildKind kind) {
  Ends ours;
  std::array<int, 2> in{}, out{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in.data()) != 0)
    return cannot("socketpair");
  ours.input = Fd(in[0]);
  Fd const child_in(in[1]);
  if (::pipe2(out.data(), O_CLOEXEC) != 0) return cannot("pipe");
  ours.output = Fd(out[0]);
  Fd const child_out(out[1]);
  if (kind == ChildKind::worker) ours.errors = make_errors_file();

  ChildSetup setup;
  setup.give(child_in.get(), 0);
  setup.give(child_out.get(), 1);
  if (ours.errors.get() >= 0) setup.give(ours.errors.get(), 2);
  auto const started = setup.start(argv);
  if (!started) return started.error();
  pid_t const pid = *started;
  ours.exit = Fd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  if (ours.exit.get() < 0) {
    auto error = cannot("pidfd_open");
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
    return error;
  }
  return std::unique_ptr<Child>(new Child(executor, std::move(ours), pid, kind));
}

Child::Child(asio::any_io_executor const& executor, Ends ends, pid_t pid, ChildKind kind)
    : input_(executor, asio::local::stream_protocol(), ends.input.release()),
      output_(executor, ends.output.release()),
      exit_(executor, ends.exit.release()),
      errors_fd_(ends.errors.release()),
      pid_(pid),
      kind_(kind) {}

Child::~Child() {
  if (kind_ == ChildKind::worker) kill();
  end_input();
  boost::system::error_code ignored;
  output_.close(ignored);
  timespec const millisecond{0, 1'000'000};
  for (int tries = 0; !reap(WNOHANG) && tries < 50; ++tries) ::nanosleep(&millisecond, nullptr);
  if (errors_fd_ >= 0) ::close(errors_fd_);
}

bool Child::reap(int flags) noexcept {
  if (!reaped_ && ::waitpid(pid_, &status_, flags) != 0) reaped_ = true;
  return reaped_;
}

bool Child::is_running() noexcept {
  return !reap(WNOHANG);
}

void Child::kill() noexcept {
  if (!reaped_) ::kill(pid_, SIGKILL);
}

asio::awaitable<Result<void>> Child::write(std::string bytes) {
  auto const buffer = asio::buffer(bytes);
  auto const done = co_await asio::async_write(input_, buffer, asio::as_tuple(asio::use_awaitable));
  if (auto const& ec = std::get<0>(done))
    co_return Error(Errc::connection_lost, "program took no more input: " + ec.message());
  co_return Result<void>();
}

bool Child::write_now(std::string_view bytes) noexcept {
  auto const sent =
      ::send(input_.native_handle(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  return sent == static_cast<ssize_t>(bytes.size());
}

void Child::end_input() noexcept {
  boost::system::error_code ignored;
  input_.shutdown(asio::socket_base::shutdown_send, ignored);
}

asio::awaitable<Result<std::size_t>> Child::read_some(std::span<char> into) {
  auto const buffer = asio::buffer(into.data(), into.size());
  auto const done = co_await output_.async_read_some(buffer, asio::as_tuple(asio::use_awaitable));
  if (auto const& ec = std::get<0>(done))
    co_return Error(Errc::connection_lost, "program closed its output: " + ec.message());
  co_return std::get<1>(done);
}

asio::awaitable<int> Child::ended() {
  while (!reap(WNOHANG))
    co_await exit_.async_wait(asio::posix::descriptor_base::wait_read, asio::use_awaitable);
  if (WIFSIGNALED(status_)) co_return 128 + WTERMSIG(status_);
  co_return WEXITSTATUS(status_);
}

std::string Child::errors() const {
  std::string text(errors_fd_ < 0 ? 0 : errors_bytes_max, '\0');
  auto const bytes = ::pread(errors_fd_, text.data(), text.size(), 0);
  text.resize(bytes > 0 ? static_cast<std::size_t>(bytes) : 0);
  if (auto const end = text.find('\0'); end != text.npos) text.resize(end);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.pop_back();
  return text;
}

}  // namespace siaga::radio
