// Child: a program run beside us: argv array, no shell, never left behind.
//
// Place:  speech program, aplay, PTT guard.
// Thread: core only. One writer, one reader.
// Time:   limits are the caller's (with_timeout); the destructor waits 50 ms at most.
// Errors: child_failed with the program's name and what to do; connection_lost when it closed its
//         end. errors() gives the first 4 kB of what it wrote to standard error.
#pragma once

#include <sys/types.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "gateway/base/result.hpp"

namespace siaga::radio {

// A worker is killed when its owner goes, and its standard error is kept for us. A guard only sees
// its input end: it finishes what it must, and writes to our log.
enum class ChildKind { worker, guard };

class Child {
 public:
  // argv[0] is looked up in PATH. Our other files are not passed on, signals are reset, and the
  // child leads a session of its own: a Ctrl-C meant for us does not reach it.
  [[nodiscard]] static Result<std::unique_ptr<Child>> start(
      boost::asio::any_io_executor const& executor, std::vector<std::string> const& argv,
      ChildKind kind);
  ~Child();
  Child(Child const&) = delete;
  Child& operator=(Child const&) = delete;

  boost::asio::awaitable<Result<void>> write(std::string bytes);
  bool write_now(std::string_view bytes) noexcept;  // never waits; false = not taken whole
  void end_input() noexcept;
  boost::asio::awaitable<Result<std::size_t>> read_some(std::span<char> into);
  // 0 = well; else its exit code, or 128 + the signal that ended it.
  boost::asio::awaitable<int> ended();
  void kill() noexcept;
  bool is_running() noexcept;
  pid_t id() const noexcept { return pid_; }
  std::string errors() const;

 private:
  struct Ends;
  Child(boost::asio::any_io_executor const& executor, Ends ends, pid_t pid, ChildKind kind);
  bool reap(int flags) noexcept;

  boost::asio::local::stream_protocol::socket input_;
  boost::asio::posix::stream_descriptor output_;
  boost::asio::posix::stream_descriptor exit_;
  int errors_fd_;
  pid_t pid_;
  ChildKind kind_;
  bool reaped_ = false;
  int status_ = 0;
};

}  // namespace siaga::radio
