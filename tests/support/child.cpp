#include "tests/support/child.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstring>
#include <fstream>
#include <random>
#include <stdexcept>
#include <thread>

namespace siaga::test {
using Clock = std::chrono::steady_clock;

namespace {

struct Pipe {
  int read_end = -1, write_end = -1;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    throw std::runtime_error(std::string("pipe: ") + std::strerror(errno));
  return {ends[0], ends[1]};
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (auto& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

std::vector<std::string> environment_with(std::vector<std::string> const& added) {
  std::vector<std::string> all;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    std::string_view const text = *entry;
    auto const same_key = [&](std::string const& one) {
      return one.substr(0, one.find('=')) == text.substr(0, text.find('='));
    };
    if (std::ranges::none_of(added, same_key)) all.emplace_back(text);
  }
  all.insert(all.end(), added.begin(), added.end());
  return all;
}

int code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Child::Child(std::vector<std::string> argv, ChildOptions options) {
  auto const input = make_pipe();
  auto const output = make_pipe();
  auto const failure = make_pipe();  // closed by exec; else carries errno
  auto environment = environment_with(options.environment);
  auto const arguments = pointers(argv);
  auto const variables = pointers(environment);
  pid_t const parent = ::getpid();
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error(std::string("fork: ") + std::strerror(errno));
  if (pid_ == 0) {  // only async-signal-safe calls from here
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(127);
    ::dup2(input.read_end, 0);
    ::dup2(output.write_end, 1);
    if (options.errors_too) ::dup2(output.write_end, 2);
    ::signal(SIGPIPE, SIG_DFL);
    bool const moved = options.directory.empty() || ::chdir(options.directory.c_str()) == 0;
    if (moved) ::execvpe(arguments[0], arguments.data(), variables.data());
    int const reason = errno;
    (void)!::write(failure.write_end, &reason, sizeof reason);
    ::_exit(127);
  }
  for (int const end : {input.read_end, output.write_end, failure.write_end}) ::close(end);
  input_fd_ = input.write_end;
  output_fd_ = output.read_end;
  int reason = 0;
  bool const failed = ::read(failure.read_end, &reason, sizeof reason) > 0;
  ::close(failure.read_end);
  if (!failed) return;
  kill();
  throw std::runtime_error("cannot start " + argv.front() + ": " + std::strerror(reason));
}

Child::~Child() {
  kill();
  close_input();
  if (output_fd_ >= 0) ::close(output_fd_);
}

bool Child::read_more(Clock::time_point until) {
  if (output_fd_ < 0) return false;
  auto const left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
  pollfd waiting{output_fd_, POLLIN, 0};
  auto const limit = static_cast<int>(std::max<std::int64_t>(left.count(), 0));
  if (::poll(&waiting, 1, limit) <= 0) return false;
  std::array<char, 4096> buffer{};
  auto const bytes = ::read(output_fd_, buffer.data(), buffer.size());
  if (bytes > 0) {
    output_.append(buffer.data(), static_cast<std::size_t>(bytes));
    return true;
  }
  ::close(output_fd_);
  output_fd_ = -1;
  return false;
}

std::optional<std::string> Child::line(Limit limit) {
  auto const until = Clock::now() + limit;
  for (;;) {
    auto const end = output_.find('\n', taken_);
    if (end != std::string::npos) {
      auto text = output_.substr(taken_, end - taken_);
      taken_ = end + 1;
      return text;
    }
    if (!read_more(until)) return std::nullopt;
  }
}

std::optional<std::string> Child::line_with(std::string_view part, Limit limit) {
  auto const until = Clock::now() + limit;
  for (;;) {
    auto const left = std::chrono::ceil<Limit>(until - Clock::now());
    auto text = line(std::max(left, Limit(0)));
    if (!text || text->find(part) != std::string::npos) return text;
  }
}

void Child::write(std::string_view text) {
  while (!text.empty()) {
    auto const bytes = ::write(input_fd_, text.data(), text.size());
    if (bytes < 0) throw std::runtime_error(std::string("write to child: ") + std::strerror(errno));
    text.remove_prefix(static_cast<std::size_t>(bytes));
  }
}

void Child::close_input() {
  if (input_fd_ >= 0) ::close(input_fd_);
  input_fd_ = -1;
}

void Child::signal(int number) {
  if (!exit_code_) ::kill(pid_, number);
}

void Child::kill() {
  if (exit_code_ || pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  int status = 0;
  ::waitpid(pid_, &status, 0);
  exit_code_ = code_of(status);
}

std::optional<int> Child::exit_code(Limit limit) {
  auto const until = Clock::now() + limit;
  while (!exit_code_) {
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) == pid_) {
      exit_code_ = code_of(status);
      break;
    }
    if (Clock::now() >= until) break;
    auto const soon = std::min(until, Clock::now() + std::chrono::milliseconds(5));
    if (output_fd_ < 0)
      std::this_thread::sleep_until(soon);
    else
      read_more(soon);  // so that a full pipe cannot hold it
  }
  return exit_code_;
}

bool Child::running() {
  return !exit_code(Limit(0));
}

Finished run_child(std::vector<std::string> argv, Child::Limit limit, ChildOptions options) {
  auto const name = argv.front();
  Child child(std::move(argv), std::move(options));
  child.close_input();
  auto const until = Clock::now() + limit;
  auto const code = child.exit_code(limit);
  if (!code) throw std::runtime_error(name + " did not end in time:\n" + child.output());
  while (child.line(
      std::max(std::chrono::ceil<Child::Limit>(until - Clock::now()), Child::Limit(0)))) {
  }
  return {*code, child.output()};
}

namespace {

// From which the system takes the port of an outgoing connection: first and last.
std::pair<int, int> ports_of_clients() {
  std::pair<int, int> range{32768, 60999};
  std::ifstream("/proc/sys/net/ipv4/ip_local_port_range") >> range.first >> range.second;
  return range;
}

// A socket of a name of its own, kept until this process ends: no other test picks the port
// meanwhile.
bool hold_port(int port) {
  int const fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  auto const name = "siaga-port-" + std::to_string(port);
  name.copy(address.sun_path + 1, sizeof address.sun_path - 1);
  auto const size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  if (::bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0) return true;
  ::close(fd);
  return false;
}

bool nobody_listens(int port) {
  int const fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  bool const bound = ::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  ::close(fd);
  return bound;
}

}  // namespace

std::uint16_t free_port() {
  static std::minstd_rand random{std::random_device{}()};
  auto const [first_client, last_client] = ports_of_clients();
  std::uniform_int_distribution<int> below(10240, std::max(first_client - 1, 10240));
  std::uniform_int_distribution<int> above(std::min(last_client + 1, 65535), 65535);
  for (int tries = 0; tries < 1000; ++tries) {
    int const port = first_client > 12288 ? below(random) : above(random);
    if (hold_port(port) && nobody_listens(port)) return static_cast<std::uint16_t>(port);
  }
  throw std::runtime_error("no free port on 127.0.0.1");
}

}  // namespace siaga::test
