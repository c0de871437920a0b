// Child: a program run beside a test; what it prints is read line by line, and it ends with the
// test.
//
// Place:  peers, crash and scenario tests. POSIX; any thread, one at a time.
// Time:   every wait has a limit, steady time.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace siaga::test {

struct ChildOptions {
  std::string directory;                 // empty = the test's own
  std::vector<std::string> environment;  // "KEY=value", added to the test's own
  bool errors_too = true;                // standard error is read like standard output
};

class Child {
 public:
  using Limit = std::chrono::milliseconds;

  // argv[0] is looked up in PATH; throws when it cannot be started.
  explicit Child(std::vector<std::string> argv, ChildOptions options = {});
  ~Child();  // SIGKILL, then collected
  Child(Child const&) = delete;
  Child& operator=(Child const&) = delete;

  // The next line without its end; nothing when none came in time or the output has ended.
  std::optional<std::string> line(Limit limit);
  // Skips lines until one contains `part`.
  std::optional<std::string> line_with(std::string_view part, Limit limit);
  void write(std::string_view text);  // to its standard input
  void close_input();

  pid_t pid() const noexcept { return pid_; }
  void signal(int number);
  void kill();  // SIGKILL, and waits
  // Exit code, 128 + signal when one ended it; nothing when it still runs.
  std::optional<int> exit_code(Limit limit);
  bool running();
  std::string const& output() const noexcept { return output_; }  // all that was read so far

 private:
  bool read_more(std::chrono::steady_clock::time_point until);

  pid_t pid_ = -1;
  int output_fd_ = -1;
  int input_fd_ = -1;
  std::string output_;
  std::size_t taken_ = 0;  // of output_, handed out as lines
  std::optional<int> exit_code_;
};

// Runs to its end; what it printed and how it ended. Throws when it takes longer.
struct Finished {
  int exit_code = 0;
  std::string output;
};
Finished run_child(std::vector<std::string> argv, Child::Limit limit, ChildOptions options = {});

// A TCP port of 127.0.0.1 nobody listens on now, that no outgoing connection is given and no other
// test picks while this process lives: a server may come back to it.
std::uint16_t free_port();

}  // namespace siaga::test
