// siaga-ptt-guard: the only process that keys the transmitter. It outlives the daemon by the moment
// it takes to unkey, whatever became of the daemon.
//
//   siaga-ptt-guard rigctld:HOST:PORT [KEYED_MAX_MS]    orders on standard input, see ptt/watch.hpp
//   siaga-ptt-guard --unkey rigctld:HOST:PORT           unkeys once and exits (systemd's
//   ExecStopPost)
//
// Exit: 0 PTT known to be down, 1 it may be up, 64 wrong arguments.
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <span>

#include "protocols/radio/ptt/rig_line.hpp"
#include "protocols/radio/ptt/watch.hpp"

namespace siaga::radio {
namespace {

constexpr int exit_usage = 64;

SteadyTime now() {
  auto const since = std::chrono::steady_clock::now().time_since_epoch();
  return SteadyTime(std::chrono::duration_cast<milliseconds>(since));
}

// The daemon's end of the line; false from read() once it is gone.
class Orders {
 public:
  bool is_open() const noexcept { return open_; }

  void wait(milliseconds limit) const {
    pollfd wanted{STDIN_FILENO, POLLIN, 0};
    ::poll(&wanted, open_ ? 1 : 0, static_cast<int>(limit.count()));
  }
  void read_into(PttWatch& watch) {
    pollfd wanted{STDIN_FILENO, POLLIN, 0};
    while (open_ && ::poll(&wanted, 1, 0) > 0) {
      std::array<char, 256> block;
      auto const got = ::read(STDIN_FILENO, block.data(), block.size());
      if (got > 0) {
        watch.heard({block.data(), static_cast<std::size_t>(got)}, now());
      } else if (got == 0 || (errno != EINTR && errno != EAGAIN)) {
        open_ = false;
        watch.daemon_gone(now());
      }
    }
  }
  static void answer(std::string const& text) {
    // A daemon that does not read must not hold up the unkeying: what it misses, it missed.
    if (!text.empty()) [[maybe_unused]]
      auto const written = ::write(STDOUT_FILENO, text.data(), text.size());
  }

 private:
  bool open_ = true;
};

Result<bool> carry_out(PttWatch::Act act, RigLine& rig) {
  if (act == PttWatch::Act::key) return rig.set(true);
  if (act == PttWatch::Act::unkey) return rig.set(false);
  return rig.read_back();
}

int guard(RigAddress address, milliseconds keyed_max) {
  for (int const signal : {SIGTERM, SIGINT, SIGHUP, SIGPIPE}) std::signal(signal, SIG_IGN);
  ::fcntl(STDOUT_FILENO, F_SETFL, ::fcntl(STDOUT_FILENO, F_GETFL) | O_NONBLOCK);
  RigLine rig(std::move(address));
  WatchLimits limits;
  limits.keyed_max = keyed_max;
  PttWatch watch(limits, now());
  Orders orders;
  for (;;) {
    orders.read_into(watch);
    auto const act = watch.next(now());
    Orders::answer(watch.take_said());
    if (act == PttWatch::Act::leave) return watch.exit_code();
    if (act == PttWatch::Act::wait) {
      auto const time = now();
      orders.wait(watch.wake_at(time) - time);
      continue;
    }
    auto const ptt_up = carry_out(act, rig);
    watch.done(act, ptt_up, now());
    Orders::answer(watch.take_said());
  }
}

int unkey_once(RigAddress address) {
  RigLine rig(std::move(address));
  constexpr int tries = 3;
  for (int i = 0; i < tries; ++i)
    if (auto const up = rig.set(false); up && !*up) return 0;
  std::fputs("siaga-ptt-guard: PTT may be stuck\n", stderr);
  return 1;
}

int usage() {
  std::fputs("usage: siaga-ptt-guard [--unkey] rigctld:HOST:PORT [KEYED_MAX_MS]\n", stderr);
  return exit_usage;
}

int run(std::span<char* const> arguments) {
  bool const once = arguments.size() > 1 && std::string_view(arguments[1]) == "--unkey";
  std::size_t const place = once ? 2 : 1;
  if (arguments.size() <= place) return usage();
  auto address = parse_rig_address(arguments[place]);
  if (!address) return usage();
  if (once) return unkey_once(std::move(*address));
  std::int64_t keyed_max_ms = WatchLimits().keyed_max.count();
  if (arguments.size() > place + 1) {
    std::string_view const text = arguments[place + 1];
    auto const parsed = std::from_chars(text.data(), text.data() + text.size(), keyed_max_ms);
    if (parsed.ec != std::errc() || keyed_max_ms < 1) return usage();
  }
  return guard(std::move(*address), milliseconds(keyed_max_ms));
}

}  // namespace
}  // namespace siaga::radio

int main(int count, char** arguments) {
  return siaga::radio::run({arguments, static_cast<std::size_t>(count)});
}
