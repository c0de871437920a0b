#include "gateway/async/child_setup.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

extern char** environ;

namespace siaga {
namespace {

constexpr int first_not_standard = 3;

Error not_started(std::string const& program, int error) {
  if (error == ENOENT)
    return Error(Errc::unavailable, "program '" + program + "' is not installed or not in PATH");
  return Error(Errc::unavailable,
               "program '" + program + "' cannot be started: " + std::strerror(error));
}

}  // namespace

ChildSetup::ChildSetup() {
  ::posix_spawn_file_actions_init(&files_);
  ::posix_spawnattr_init(&attributes_);
  sigset_t all, none;
  ::sigfillset(&all);
  ::sigemptyset(&none);
  ::posix_spawnattr_setsigdefault(&attributes_, &all);
  ::posix_spawnattr_setsigmask(&attributes_, &none);
  ::posix_spawnattr_setflags(&attributes_,
                             POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID);
}

ChildSetup::~ChildSetup() {
  ::posix_spawn_file_actions_destroy(&files_);
  ::posix_spawnattr_destroy(&attributes_);
}

void ChildSetup::give(int file, int as) {
  ::posix_spawn_file_actions_adddup2(&files_, file, as);
}

void ChildSetup::give_nothing(int as) {
  ::posix_spawn_file_actions_addopen(&files_, as, "/dev/null", O_RDWR, 0);
}

Result<pid_t> ChildSetup::start(std::vector<std::string> const& argv) {
  if (argv.empty() || argv[0].empty()) return Error(Errc::invalid_argument, "no program named");
  ::posix_spawn_file_actions_addclosefrom_np(&files_, first_not_standard);
  std::vector<char*> arguments;
  arguments.reserve(argv.size() + 1);
  for (auto const& argument : argv) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  pid_t pid = 0;
  int const failed =
      ::posix_spawnp(&pid, arguments[0], &files_, &attributes_, arguments.data(), environ);
  if (failed != 0) return not_started(argv[0], failed);
  return pid;
}

}  // namespace siaga
