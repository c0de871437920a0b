#include "protocols/sms/modem/reset_hook.hpp"

#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>

#include "gateway/async/child_setup.hpp"

namespace siaga::sms {
namespace asio = boost::asio;
namespace {

// A child that is collected however the wait for it ends.
class Hook {
 public:
  explicit Hook(pid_t pid) : pid_(pid) {}
  ~Hook() {
    if (is_collected_) return;
    ::kill(-pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  Hook(Hook const&) = delete;
  Hook& operator=(Hook const&) = delete;
  int collect() {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    is_collected_ = true;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  pid_t pid_;
  bool is_collected_ = false;
};

}  // namespace

asio::awaitable<Result<void>> run_hook(std::vector<std::string> argv, Clock& clock,
                                       milliseconds limit) {
  using namespace asio::experimental::awaitable_operators;
  ChildSetup setup;
  for (int const standard : {0, 1}) setup.give_nothing(standard);
  auto const started = setup.start(argv);
  if (!started) co_return Error(Errc::child_failed, "reset_command: " + started.error().detail);
  Hook hook(*started);
  int const fd = static_cast<int>(::syscall(SYS_pidfd_open, *started, 0));
  if (fd < 0) co_return Error(Errc::child_failed, "reset_command: cannot be watched");
  asio::posix::stream_descriptor end(co_await asio::this_coro::executor, fd);
  auto const until = clock.steady_now() + limit;
  auto race = end.async_wait(asio::posix::descriptor_base::wait_read, asio::use_awaitable) ||
              clock.sleep_until(until);
  auto const first = co_await std::move(race);
  if (first.index() == 1)
    co_return Error(Errc::child_failed,
                    "reset_command " + argv[0] + ": still running after " + to_text(limit));
  int const code = hook.collect();
  if (code == 0) co_return Result<void>();
  co_return Error(Errc::child_failed,
                  "reset_command " + argv[0] + ": ended with " + std::to_string(code));
}

}  // namespace siaga::sms
