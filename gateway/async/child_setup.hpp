// ChildSetup: how every program beside us is started: argv array without a shell, none of our other
// files, signals reset, a session of its own (a Ctrl-C meant for us does not reach it).
//
// Place:  radio's Child, the modem's reset hook -> CHILD SETUP -> posix_spawnp.
// Thread: any; one object, one start.
// Errors: unavailable: not installed or not in PATH, or why else it cannot be started.
#pragma once

#include <spawn.h>
#include <sys/types.h>

#include <string>
#include <vector>

#include "gateway/base/result.hpp"

namespace siaga {

class ChildSetup {
 public:
  ChildSetup();
  ~ChildSetup();
  ChildSetup(ChildSetup const&) = delete;
  ChildSetup& operator=(ChildSetup const&) = delete;

  void give(int file, int as);  // a file of ours as the child's input, output or errors
  void give_nothing(int as);    // /dev/null
  [[nodiscard]] Result<pid_t> start(std::vector<std::string> const& argv);

 private:
  posix_spawn_file_actions_t files_;
  posix_spawnattr_t attributes_;
};

}  // namespace siaga
