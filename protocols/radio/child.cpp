#include "protocols/radio/child.hpp"

#include <fcntl.h>
#include <spawn.h>
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

extern char** environ;

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

Error not_started(std::string const& program, int error) {
  if (error == ENOENT)
    return Error(Errc::unavailable, "program '" + program + "' is not installed or not in PATH");
  return Error(Errc::unavailable,
               "program '" + program + "' cannot be started: " + std::strerror(error));
}

// Room for errors_bytes_max and no more, so that a chattering child cannot fill memory.
Fd make_errors_file() {
  Fd file(::memfd_create("errors", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (file.get() < 0) return file;
  if (::ftruncate(file.get(), errors_bytes_max) != 0) return Fd();
  if (::fcntl(file.get(), F_ADD_SEALS, F_SEAL_GROW) != 0) return Fd();
  return file;
}

struct SpawnSetup {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;

  SpawnSetup(int in, int out, int err) {
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawn_file_actions_adddup2(&files, in, 0);
    ::posix_spawn_file_actions_adddup2(&files, out, 1);
    if (err >= 0) ::posix_spawn_file_actions_adddup2(&files, err, 2);
    ::posix_spawn_file_actions_addclosefrom_np(&files, 3);
    ::posix_spawnattr_init(&attributes);
    sigset_t all, none;
    ::sigfillset(&all);
    ::sigemptyset(&none);
    ::posix_spawnattr_setsigdefault(&attributes, &all);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setflags(&attributes,
                               POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID);
  }
  SpawnSetup(SpawnSetup const&) = delete;
  SpawnSetup& operator=(SpawnSetup const&) = delete;
  ~SpawnSetup() {
    ::posix_spawn_file_actions_destroy(&files);
    ::posix_spawnattr_destroy(&attributes);
  }
};

}  // namespace

struct Child::Ends {
  Fd input, output, exit, errors;
};

Result<std::unique_ptr<Child>> Child::start(asio::any_io_executor const& executor,
                                            std::vector<std::string> const& argv, ChildKind kind) {
  if (argv.empty() || argv[0].empty()) return Error(Errc::invalid_argument, "no program named");
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

  std::vector<char*> arguments;
  for (auto const& argument : argv) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  SpawnSetup setup(child_in.get(), child_out.get(), ours.errors.get());
  pid_t pid = 0;
  int const failed = ::posix_spawnp(&pid, arguments[0], &setup.files, &setup.attributes,
                                    arguments.data(), environ);
  if (failed != 0) return not_started(argv[0], failed);
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
